package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.analysis.source.SourceClient;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.tls.TlsFilesException;
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

    /**
     * What a target gave.
     *
     * @param <P> what is made of a page
     */
    sealed interface Page<P> {}

    /** A whole page. */
    record Read<P>(P content) implements Page<P> {}

    /**
     * Why the page could not be read.
     *
     * @param reason in one line
     * @param status of the answer that is no page; 0 when there was none
     */
    record Failed<P>(String reason, int status) implements Page<P> {}

    /**
     * Everything on the page.
     *
     * @param types what metrics are declared to be, by their names
     * @param time when it was there
     */
    record Whole(List<Sample> samples, Map<String, MetricType> types, Instant time) {}

    /** Makes something of a page. */
    private interface Parser<P> {
        /** @param framed whether HTTP or the format tells where the page ends */
        P parse(String body, Exposition.Format format, boolean framed) throws ExpositionException;
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

    /**
     * By the position of a query, the series it means. Every target has a circuit breaker of its own: pods come and go, and one that is gone must not shut out the others.
     */
    Page<Map<Integer, List<Sample>>> read(Target target, SeriesIndex index, Instant moment) {
        return read(target, (body, format, framed) -> parsed(target, body, format, framed, index, moment));
    }

    /** The same without a choice, of any page that looks whole: what is only looked at is not counted. */
    Page<Whole> readWhole(Target target, InstantSource clock) {
        return read(target, (body, format, framed) -> whole(target, body, format, clock.instant()));
    }

    private <P> Page<P> read(Target target, Parser<P> parser) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.url()).header("Accept", ACCEPT).GET();
        try {
            SourceClient.Response response = client.send(breaker(target), request, deadline);
            Optional<String> unusable = unusable(response);
            return unusable.isPresent()
                    ? new Failed<>(unusable.get(), response.status())
                    : new Read<>(parsed(response, parser));
        } catch (HttpCallException | SecretException | TlsFilesException e) {
            return new Failed<>(String.valueOf(e.getMessage()), 0);
        } catch (ExpositionException e) {
            return new Failed<>(e.getMessage(), OK);
        }
    }

    private static Optional<String> unusable(SourceClient.Response response) {
        if (response.status() != OK) {
            return Optional.of(response.redirect().orElse("status " + response.status()));
        }
        String coding = response.headers().firstValue("Content-Encoding").orElse(PLAIN);
        if (!coding.equalsIgnoreCase(PLAIN)) {
            return Optional.of("the page came compressed (Content-Encoding: " + ExpositionException.shown(coding)
                    + "), which was not asked for; it has to be sent as it is");
        }
        int length = response.body().length();
        return length <= LARGEST_PAGE
                ? Optional.empty()
                : Optional.of("the page has " + length + " characters; at most " + LARGEST_PAGE + " are read");
    }

    private static <P> P parsed(SourceClient.Response response, Parser<P> parser) throws ExpositionException {
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

    <P> Page<P> tooLate() {
        return new Failed<>("no complete page within " + deadline.toMillis() + " ms", 0);
    }

    private Map<Integer, List<Sample>> parsed(
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
            throw new ExpositionException(fault.get());
        }
        double seconds = start.seconds(body, format);
        if (seconds > 0) {
            byQuery.values().forEach(samples -> samples.replaceAll(sample -> sample.startedAt(seconds)));
        }
        return byQuery;
    }

    private static Whole whole(Target target, String body, Exposition.Format format, Instant time)
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
