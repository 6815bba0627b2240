package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the query API of a Prometheus, or of what speaks like one. Blocks the calling (virtual) thread; never throws for what the other side does. Thread-safe. */
final class PrometheusClient {
    private final PrometheusProperties properties;
    private final TracedHttpClient http;

    /** A server not yet asked. */
    PrometheusClient(PrometheusProperties properties, TracedHttpClient http) {
        this.properties = properties;
        this.http = http;
    }

    /** An answer with more series than this is refused. */
    int maxSeries() {
        return properties.maxSeries();
    }

    /** Its base address, for messages. */
    URI url() {
        return properties.url();
    }

    /**
     * The value of every series at one moment.
     *
     * @param query PromQL that gives a vector
     * @param moment to the millisecond
     * @param deadline for the whole exchange
     */
    QueryAnswer instant(String query, Instant moment, Duration deadline) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("time", seconds(moment));
        var reader = new AnswerReader<Sample>("vector", TrackReader::sample, properties.maxSeries());
        try {
            return new QueryAnswer.Vector(ask("/api/v1/query", form, deadline, reader));
        } catch (RefusedException e) {
            return new QueryAnswer.Refused(e.fault(), e.reason());
        }
    }

    /**
     * The values of every series at the moments {@code first}, {@code first + step}, and so on until {@code last}.
     *
     * @param query PromQL that gives a vector
     * @param step above 0; Prometheus refuses more than 11,000 moments
     * @param deadline for the whole exchange
     */
    RangeAnswer range(String query, Instant first, Instant last, Duration step, Duration deadline) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("start", seconds(first));
        form.put("end", seconds(last));
        form.put("step", seconds(Instant.EPOCH.plus(step)));
        var reader = new AnswerReader<Track>("matrix", TrackReader::track, properties.maxSeries());
        try {
            return new RangeAnswer.Matrix(ask("/api/v1/query_range", form, deadline, reader));
        } catch (RefusedException e) {
            return new RangeAnswer.Refused(e.fault(), e.reason());
        }
    }

    /**
     * What a path of the API answers, of any status.
     *
     * @param form parameters by name
     * @throws RefusedException when there is no answer
     */
    HttpResponse<String> look(String path, Map<String, String> form, Duration deadline) throws RefusedException {
        String query = form.isEmpty() ? "" : "?" + encoded(form);
        return send(HttpRequest.newBuilder(properties.address(path + query)).GET(), deadline);
    }

    private <S> List<S> ask(String path, Map<String, String> form, Duration deadline, AnswerReader<S> reader)
            throws RefusedException {
        form.put("timeout", deadline.toMillis() + "ms");
        HttpRequest.Builder request = HttpRequest.newBuilder(properties.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        HttpResponse<String> response = send(request, deadline);
        return reader.read(response.statusCode(), response.body(), form.getOrDefault("query", ""));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Duration deadline) throws RefusedException {
        try {
            return http.send("metrics:" + properties.source(), request.header("Accept", "application/json"), deadline);
        } catch (HttpCallException e) {
            throw new RefusedException(Fault.AWAY, OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String seconds(Instant moment) {
        return String.format(Locale.ROOT, "%d.%03d", moment.getEpochSecond(), moment.getNano() / 1_000_000);
    }
}
