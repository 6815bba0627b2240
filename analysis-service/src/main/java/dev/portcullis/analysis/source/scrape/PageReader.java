package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SeriesIndex;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the page of one target. Thread-safe. */
final class PageReader {
    private static final int LARGEST_PAGE = 16 << 20;
    private static final int OK = 200;
    private static final String ACCEPT = "text/plain;version=0.0.4;q=0.9,*/*;q=0.1";

    /** What a page gave. */
    sealed interface Page {}

    /** By the position of a query, the series it means. */
    record Samples(Map<Integer, List<Sample>> byQuery) implements Page {}

    /** Why the page could not be read, in one line. */
    record Failed(String reason) implements Page {}

    private final String source;
    private final TracedHttpClient http;
    private final Duration deadline;

    PageReader(String source, TracedHttpClient http, Duration deadline) {
        this.source = source;
        this.http = http;
        this.deadline = deadline;
    }

    /** Every target has a circuit breaker of its own: pods come and go, and one that is gone must not shut out the others. */
    Page read(Target target, SeriesIndex index) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.url()).header("Accept", ACCEPT).GET();
        try {
            HttpResponse<String> response = http.send(breaker(target), request, deadline);
            if (response.statusCode() != OK) {
                return new Failed("status " + response.statusCode());
            }
            return parsed(target, response.body(), index);
        } catch (HttpCallException e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
    }

    /** Frees what is kept for a target that left. */
    void forget(Target target) {
        http.forget(breaker(target));
    }

    private String breaker(Target target) {
        return "metrics:" + source + ":" + target.url().getAuthority();
    }

    Page tooLate() {
        return new Failed("no whole page within " + deadline.toMillis() + " ms");
    }

    private static Page parsed(Target target, String body, SeriesIndex index) {
        if (body.length() > LARGEST_PAGE) {
            return new Failed("the page has " + body.length() + " characters; at most " + LARGEST_PAGE + " are read");
        }
        Map<Integer, List<Sample>> byQuery = new HashMap<>();
        try {
            Exposition.parse(body, (labels, value) -> {
                Map<String, String> all = labelled(labels, target.labels());
                List<Integer> queries = index.meaning(all);
                if (!queries.isEmpty()) {
                    Sample sample = new Sample(all, value);
                    queries.forEach(query -> byQuery.computeIfAbsent(query, q -> new ArrayList<>())
                            .add(sample));
                }
            });
        } catch (ExpositionException e) {
            return new Failed(e.getMessage());
        }
        return new Samples(byQuery);
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
