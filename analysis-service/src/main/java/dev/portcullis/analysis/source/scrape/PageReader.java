package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.analysis.source.SourceClient;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TlsFilesException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the page of one target. Thread-safe. */
final class PageReader {
    private static final int LARGEST_PAGE = 16 << 20;
    private static final int OK = 200;
    private static final String PLAIN = "identity";
    private static final String ACCEPT = "text/plain;version=0.0.4;q=0.9,*/*;q=0.1";

    /** What a page gave. */
    sealed interface Page {}

    /** By the position of a query, the series it means. */
    record Samples(Map<Integer, List<Sample>> byQuery) implements Page {}

    /**
     * Everything on the page.
     *
     * @param types what metrics are declared to be, by their names
     * @param time when it was there
     */
    record Whole(List<Sample> samples, Map<String, MetricType> types, Instant time) implements Page {}

    /**
     * Why the page could not be read.
     *
     * @param reason in one line
     * @param status of the answer that is no page; 0 when there was none
     */
    record Failed(String reason, int status) implements Page {}

    /** Makes something of a page. */
    private interface Parser {
        /** @param framed whether HTTP or the format tells where the page ends */
        Page parse(String body, Exposition.Format format, boolean framed) throws ExpositionException;
    }

    private final String source;
    private final SourceClient client;
    private final TracedHttpClient http;
    private final Duration deadline;
    private final UnframedPages unframed = new UnframedPages();

    /** @param environment where secrets are looked for, as {@link System#getenv()} */
    PageReader(ScrapeProperties properties, TracedHttpClient http, Map<String, String> environment, Duration deadline) {
        this.source = properties.source();
        this.client = new SourceClient(properties.access(), http, environment);
        this.http = http;
        this.deadline = deadline;
    }

    /** Every target has a circuit breaker of its own: pods come and go, and one that is gone must not shut out the others. */
    Page read(Target target, SeriesIndex index, Instant moment) {
        return read(target, (body, format, framed) -> parsed(target, body, format, framed, index, moment));
    }

    /** The same without a choice, of any page that looks whole: what is only looked at is not counted. */
    Page readWhole(Target target, InstantSource clock) {
        return read(target, (body, format, framed) -> whole(target, body, format, clock.instant()));
    }

    private Page read(Target target, Parser parser) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.url()).header("Accept", ACCEPT).GET();
        try {
            SourceClient.Response response = client.send(breaker(target), request, deadline);
            Optional<Failed> unusable = unusable(response);
            return unusable.isPresent() ? unusable.get() : parsed(response, parser);
        } catch (HttpCallException | SecretException | TlsFilesException e) {
            return new Failed(String.valueOf(e.getMessage()), 0);
        } catch (ExpositionException e) {
            return new Failed(e.getMessage(), OK);
        }
    }

    private static Optional<Failed> unusable(SourceClient.Response response) {
        if (response.status() != OK) {
            String told = response.redirect().orElse("status " + response.status());
            return Optional.of(new Failed(told, response.status()));
        }
        String coding = response.headers().firstValue("Content-Encoding").orElse(PLAIN);
        if (!coding.equalsIgnoreCase(PLAIN)) {
            return Optional.of(new Failed(
                    "the page came compressed (Content-Encoding: " + ExpositionException.shown(coding)
                            + "), which was not asked for; it has to be sent as it is",
                    OK));
        }
        int length = response.body().length();
        return length <= LARGEST_PAGE
                ? Optional.empty()
                : Optional.of(new Failed(
                        "the page has " + length + " characters; at most " + LARGEST_PAGE + " are read", OK));
    }

    private static Page parsed(SourceClient.Response response, Parser parser) throws ExpositionException {
        Exposition.Format format = format(response);
        boolean framed = format == Exposition.Format.OPEN_METRICS
                || response.headers().firstValue("Content-Length").isPresent()
                || response.headers().firstValue("Transfer-Encoding").isPresent();
        return parser.parse(response.body(), format, framed);
    }

    private static Exposition.Format format(SourceClient.Response response) {
        return Exposition.Format.of(
                response.headers().firstValue("Content-Type").orElse(""));
    }

    /** Why no page could be asked for now: which secret, certificate or key cannot be read, in one line. */
    Optional<String> missingCredentials() {
        return client.missingCredentials();
    }

    /** Frees what is kept for a target that left. */
    void forget(Target target) {
        http.forget(breaker(target));
        unframed.forget(target);
    }

    private String breaker(Target target) {
        return "metrics:" + source + ":" + target.url().getAuthority();
    }

    Page tooLate() {
        return new Failed("no complete page within " + deadline.toMillis() + " ms", 0);
    }

    private Page parsed(
            Target target, String body, Exposition.Format format, boolean framed, SeriesIndex index, Instant moment)
            throws ExpositionException {
        Set<Map<String, String>> all = new HashSet<>();
        Map<Integer, List<Sample>> byQuery = new HashMap<>();
        ProcessStart start = new ProcessStart(moment);
        Exposition.parse(body, format, (labels, value) -> {
            start.see(labels, value);
            if (!framed) {
                all.add(Map.copyOf(labels));
            }
            Map<String, String> labelled = labelled(labels, target.labels());
            List<Integer> queries = new ArrayList<>(index.meaning(labelled));
            queries.addAll(index.withoutArm(labelled, labelled.keySet()));
            if (!queries.isEmpty()) {
                // Empty ones were asked for above: for Prometheus, a label with an empty value is none.
                labelled.values().removeIf(String::isEmpty);
                Sample sample = new Sample(labelled, value);
                queries.forEach(query ->
                        byQuery.computeIfAbsent(query, q -> new ArrayList<>()).add(sample));
            }
        });
        Optional<String> fault = framed ? Optional.empty() : unframed.fault(target, all);
        if (fault.isPresent()) {
            return new Failed(fault.get(), OK);
        }
        double seconds = start.seconds(body, format);
        if (seconds > 0) {
            byQuery.values().forEach(samples -> samples.replaceAll(sample -> sample.startedAt(seconds)));
        }
        return new Samples(byQuery);
    }

    private static Page whole(Target target, String body, Exposition.Format format, Instant time)
            throws ExpositionException {
        List<Sample> samples = new ArrayList<>();
        Exposition.parse(body, format, (labels, value) -> {
            Map<String, String> all = labelled(labels, target.labels());
            all.values().removeIf(String::isEmpty);
            samples.add(new Sample(all, value));
        });
        return new Whole(samples, Exposition.types(body), time);
    }

    /** The target's labels win; what the page says under the same name is kept as {@code exported_...}, as Prometheus does. */
    private static Map<String, String> labelled(Map<String, String> own, Map<String, String> target) {
        Map<String, String> all = new HashMap<>(own);
        target.forEach((label, value) -> {
            String exported = all.put(label, value);
            if (exported != null) {
                all.put("exported_" + label, exported);
            }
        });
        return all;
    }
}
