package dev.portcullis.launcher.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Pages that the services themselves serve. */
final class Pages {
    private Pages() {}

    /**
     * A page.
     *
     * @param token what is shown as a bearer token; empty for nothing
     * @return empty when nothing listens there
     * @throws java.net.http.HttpTimeoutException when something listens, and does not answer in time
     * @throws IOException when what listens does not answer as a web server does
     */
    static Optional<HttpResponse<String>> get(int port, String path, Duration limit, Optional<String> token)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(limit);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build()) {
            return Optional.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
