package dev.portcullis.benchmarks.gate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Single answers, outside the load. */
final class SingleRequests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private SingleRequests() {}

    /** The body of an answer, whatever its status. */
    static byte[] get(URI address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
            return http.send(request, BodyHandlers.ofByteArray()).body();
        }
    }
}
