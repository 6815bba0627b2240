package dev.portcullis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a service tells of itself by HTTP. */
record ServicePages(HttpClient http, int port) {
    /** Content in use, whether the present one is refused, and its faults. */
    JsonNode configuration() {
        return health().path("details").path("configuration").path("details");
    }

    /** SHA-256 of the content in use. */
    String generation() {
        return configuration().path("generation").asText();
    }

    JsonNode health() {
        return json("/health");
    }

    /** The first value of a metric; not a number when there is none. */
    double metric(String name) {
        return get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Whether the folder's present content is refused. */
    boolean refuses() {
        return metric("portcullis_configuration_refused") == 1.0;
    }

    JsonNode json(String path) {
        var body = get(path).body();
        try {
            return JsonMapper.builder().build().readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + body, e);
        }
    }

    HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
