package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Asks the query API. Keys go into headers and nowhere else. Thread-safe. */
final class DatadogClient {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long USUAL_RESET_SECONDS = 60;

    private final DatadogProperties properties;
    private final TracedHttpClient http;
    private final Map<String, String> environment;
    private final Duration deadline;

    DatadogClient(
            DatadogProperties properties, TracedHttpClient http, Map<String, String> environment, Duration deadline) {
        this.properties = properties;
        this.http = http;
        this.environment = environment;
        this.deadline = deadline;
    }

    /** Its address, for messages. */
    URI url() {
        return properties.url();
    }

    /** Why no request could be made now: which key is not set or cannot be read, in one line. */
    Optional<String> missingCredentials() {
        try {
            properties.apiKey().read(environment);
            properties.applicationKey().read(environment);
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    CountQueryResult ask(CountQuery query, Instant from, Instant to) {
        String apiKey;
        String applicationKey;
        try {
            apiKey = properties.apiKey().read(environment);
            applicationKey = properties.applicationKey().read(environment);
        } catch (SecretException e) {
            return new CountQueryResult.Refused(String.valueOf(e.getMessage()));
        }
        String address = properties.queryAddress() + "?from=" + from.getEpochSecond() + "&to=" + to.getEpochSecond()
                + "&query=" + URLEncoder.encode(query.text(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json")
                .header("DD-API-KEY", apiKey)
                .header("DD-APPLICATION-KEY", applicationKey)
                .GET();
        return withoutKeys(exchange(request), apiKey, applicationKey);
    }

    private CountQueryResult exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send("metrics:" + properties.source(), request, deadline);
            return response.statusCode() == TOO_MANY_REQUESTS
                    ? new CountQueryResult.Limited(reset(response))
                    : CountQueryResult.read(response.statusCode(), response.body());
        } catch (HttpCallException e) {
            return new CountQueryResult.Refused(CountQueryResult.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static Duration reset(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("X-RateLimit-Reset").orElse("");
        return Duration.ofSeconds(seconds.matches("\\d{1,6}") ? Long.parseLong(seconds) : USUAL_RESET_SECONDS);
    }

    /** Whatever is on the other side may repeat what it was sent. */
    private static CountQueryResult withoutKeys(CountQueryResult result, String apiKey, String applicationKey) {
        return result instanceof CountQueryResult.Refused refused
                ? new CountQueryResult.Refused(
                        refused.reason().replace(apiKey, "***").replace(applicationKey, "***"), refused.status())
                : result;
    }
}
