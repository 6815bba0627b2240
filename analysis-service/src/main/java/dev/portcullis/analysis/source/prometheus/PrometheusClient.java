package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.analysis.source.SourceClient;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.tls.TlsFilesException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the query API of a Prometheus, or of what speaks like one. Blocks the calling (virtual) thread; what gives no result that can be used is a {@link QueryFailureException}. Thread-safe. */
final class PrometheusClient {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int OK = 200;

    /**
     * Without these, VictoriaMetrics answers for another moment than was asked for when it is less than 30 s ago: its own present minus 30 s, another one for each
     * query, so that total could be newer than good. All others ignore them.
     */
    private static final Map<String, String> AS_ASKED = Map.of("nocache", "1", "latency_offset", "1ms");

    private final PrometheusProperties properties;
    private final SourceClient client;

    /** A server not yet asked, which asks for no secrets out of the environment. */
    PrometheusClient(PrometheusProperties properties, TracedHttpClient http) {
        this(properties, http, Map.of());
    }

    /**
     * A server not yet asked.
     *
     * @param environment where secrets are looked for, as {@link System#getenv()}
     */
    PrometheusClient(PrometheusProperties properties, TracedHttpClient http, Map<String, String> environment) {
        this.properties = properties;
        this.client = new SourceClient(properties.access(), http, environment);
    }

    /** An answer with more series than this is refused. */
    int maxSeries() {
        return properties.limits().maxSeries();
    }

    /** Its base address, for messages. */
    URI url() {
        return properties.url();
    }

    /** How far back every query has to ask: by then everything is stored that was scraped until then. */
    Duration queryOffset() {
        return properties.limits().queryOffset();
    }

    /**
     * The value of every series at one moment. All of them: an answer with warnings, in which series may be missing, is no result.
     *
     * @param query PromQL that gives a vector
     * @param moment to the millisecond
     * @param deadline for the whole exchange
     */
    List<Sample> instant(String query, Instant moment, Duration deadline) throws QueryFailureException {
        Map<String, String> form = form(query, deadline);
        form.put("time", seconds(moment));
        var reader = new ResponseReader<Sample>(
                "vector", RangeSeriesReader::sample, properties.limits().maxSeries());
        return ask("/api/v1/query", form, deadline, reader);
    }

    /**
     * The values of every series at the moments {@code first}, {@code first + step}, and so on until {@code last}.
     *
     * @param query PromQL that gives a vector
     * @param step above 0; Prometheus refuses more than 11,000 moments
     * @param deadline for the whole exchange
     */
    List<RangeSeries> range(String query, Instant first, Instant last, Duration step, Duration deadline)
            throws QueryFailureException {
        Map<String, String> form = form(query, deadline);
        form.put("start", seconds(first));
        form.put("end", seconds(last));
        form.put("step", seconds(Instant.EPOCH.plus(step)));
        var reader = new ResponseReader<RangeSeries>(
                "matrix", RangeSeriesReader::series, properties.limits().maxSeries());
        return ask("/api/v1/query_range", form, deadline, reader);
    }

    /**
     * What a path of the API answers, of any status.
     *
     * @throws QueryFailureException when there is no answer
     */
    SourceClient.Response look(String path, Map<String, String> parameters, Duration deadline)
            throws QueryFailureException {
        Map<String, String> all = new LinkedHashMap<>(properties.parameters());
        all.putAll(parameters);
        URI address = properties.address(all.isEmpty() ? path : path + "?" + encoded(all));
        return send(HttpRequest.newBuilder(address).header("Accept", "application/json"), deadline);
    }

    /**
     * What another path of the API answers to GET, as it stands under {@code data}; for small answers.
     *
     * @param path below the base address, e.g. "/api/v1/labels"
     * @param deadline for the whole exchange
     */
    JsonNode get(String path, Map<String, String> parameters, Duration deadline) throws QueryFailureException {
        SourceClient.Response response = look(path, parameters, deadline);
        try {
            JsonNode root = JSON.readTree(response.body());
            if (response.status() == OK && root.path("status").asText().equals("success")) {
                return root.path("data");
            }
            String error = OneLine.of(root.path("error").asText());
            throw new QueryFailureException(
                    QueryFailure.AWAY,
                    "status " + response.status() + " of " + path + (error.isEmpty() ? "" : ": " + error));
        } catch (JsonProcessingException e) {
            throw new QueryFailureException(QueryFailure.AWAY, path + " answers something other than JSON");
        }
    }

    private Map<String, String> form(String query, Duration deadline) {
        Map<String, String> form = new LinkedHashMap<>(AS_ASKED);
        form.putAll(properties.parameters());
        form.put("query", query);
        form.put("timeout", deadline.toMillis() + "ms");
        return form;
    }

    private <S> List<S> ask(String path, Map<String, String> form, Duration deadline, ResponseReader<S> reader)
            throws QueryFailureException {
        HttpRequest.Builder request = HttpRequest.newBuilder(properties.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(encoded(form)));
        SourceClient.Response response = send(request, deadline);
        if (response.redirect().isPresent()) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, response.redirect().get());
        }
        return reader.read(response.status(), response.body(), form.getOrDefault("query", ""));
    }

    /** Why no request could be made now: which secret, certificate or key cannot be read, in one line. */
    Optional<String> missingCredentials() {
        return client.missingCredentials();
    }

    private SourceClient.Response send(HttpRequest.Builder request, Duration deadline) throws QueryFailureException {
        try {
            return client.send("metrics:" + properties.source(), request, deadline);
        } catch (SecretException | TlsFilesException e) {
            throw new QueryFailureException(QueryFailure.AWAY, OneLine.of(String.valueOf(e.getMessage())));
        } catch (HttpCallException e) {
            QueryFailure failure =
                    e.kind() == HttpCallException.Kind.TOO_LARGE ? QueryFailure.LIMIT : QueryFailure.AWAY;
            throw new QueryFailureException(failure, OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String seconds(Instant moment) {
        return String.format(Locale.ROOT, "%d.%03d", moment.getEpochSecond(), moment.getNano() / 1_000_000);
    }
}
