package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.LabelMatcher;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.Selector;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.source.ParallelReads;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the raw samples of series by instant queries: never rate() or increase(), which extrapolate and destroy the counts.
 *
 * <p>All queries of a reading ask for the same moment, {@link #SETTLED} ago: what Prometheus scraped up to then is stored whole, so that
 * total cannot be newer than good, which would look like failed requests. Thread-safe.
 */
final class PrometheusSource implements CounterSource {
    /** Leaves the exchange its own, better worded timeout, and catches what that one does not. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final PrometheusProperties properties;
    private final TracedHttpClient http;
    private final Clock clock;
    private final Duration deadline;

    /**
     * A server not yet asked.
     *
     * @param deadline for one reading
     */
    PrometheusSource(PrometheusProperties properties, TracedHttpClient http, Clock clock, Duration deadline) {
        this.properties = properties;
        this.http = http;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public SourceReading read(List<Selector> selectors, Arms arms) {
        LabelMatcher arm = arms.matcher();
        Instant moment = clock.instant().minus(SETTLED);
        List<Optional<QueryAnswer>> answers = ParallelReads.of(
                selectors,
                deadline.plus(SLACK),
                selector -> ask(selector.with(arm).render(), moment));
        List<List<Sample>> bySelector = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Optional<QueryAnswer> answer : answers) {
            switch (answer.orElseGet(this::tooLate)) {
                case QueryAnswer.Refused refused -> {
                    return new SourceReading.Unreachable(properties.url() + ": " + refused.reason());
                }
                case QueryAnswer.Vector vector -> {
                    bySelector.add(vector.samples());
                    missing.addAll(vector.warnings());
                }
            }
        }
        return new SourceReading.Series(bySelector, missing.stream().distinct().toList());
    }

    /** One instant query. */
    QueryAnswer ask(String query, Instant moment) {
        String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&time=" + seconds(moment)
                + "&timeout=" + deadline.toMillis() + "ms";
        HttpRequest.Builder request = HttpRequest.newBuilder(properties.queryAddress())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form));
        try {
            HttpResponse<String> response = http.send("metrics:" + properties.source(), request, deadline);
            return QueryAnswer.read(response.statusCode(), response.body());
        } catch (HttpCallException e) {
            return new QueryAnswer.Refused(QueryAnswer.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private QueryAnswer tooLate() {
        return new QueryAnswer.Refused("no whole answer within " + deadline.toMillis() + " ms");
    }

    private static String seconds(Instant moment) {
        return String.format(Locale.ROOT, "%d.%03d", moment.getEpochSecond(), moment.getNano() / 1_000_000);
    }
}
