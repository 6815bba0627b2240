package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.launcher.peer.PeerTls;
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
     * @param tls how what listens is known; empty: it speaks no TLS
     * @param token what is shown as a bearer token; empty for nothing
     * @return empty when nothing listens there
     * @throws java.net.http.HttpTimeoutException when something listens, and does not answer in time
     * @throws IOException when what listens does not answer as a web server does
     */
    static Optional<HttpResponse<String>> get(
            int port, String path, Duration limit, Optional<PeerTls> tls, Optional<String> token) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address(port, tls) + path)).timeout(limit);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try (HttpClient client = client(limit, tls)) {
            return Optional.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** As "https://127.0.0.1:8080". */
    static String address(int port, Optional<PeerTls> tls) {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    private static HttpClient client(Duration limit, Optional<PeerTls> tls) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit);
        if (tls.isPresent()) {
            try {
                builder.sslContext(tls.get().files().open(tls.get().name()));
            } catch (TlsFilesException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return builder.build();
    }
}
