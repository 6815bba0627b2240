package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.telemetry.Telemetry;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TracedHttpClientIT {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final OpenTelemetrySdk telemetry = Telemetry.open("probe");
    private final TracedHttpClient client = new TracedHttpClient(telemetry, new Breakers(new SimpleMeterRegistry()));

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aRequestCarriesTheTraceItIsMadeIn() throws Exception {
        try (var server = new StubHttpServer(request -> Response.text(200, "ok"))) {
            var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            var status = new TraceLink(telemetry).continuing(parent, "work", () -> status(server.address()));
            assertEquals(200, status);
            var sent = server.requests().getFirst().headers().get("traceparent");
            assertTrue(sent.startsWith("00-0af7651916cd43dd8448eb211c80319c-"), sent);
            assertTrue(!sent.contains("b7ad6b7169203331"), "a span of its own: " + sent);
        }
    }

    @Test
    void noConnectionATimeoutAndAnOpenBreakerAreToldApart() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var address = "http://127.0.0.1:" + silent.getLocalPort();
            // Long enough to connect on a loaded machine: a deadline that ends before is, rightly, no connection.
            assertEquals(
                    HttpCallException.Kind.TIMEOUT,
                    failure("slow", address, Duration.ofSeconds(2)).kind());
        }
        var dead = "http://127.0.0.1:1";
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    HttpCallException.Kind.CONNECT,
                    failure("dead", dead, PATIENT).kind());
        }
        assertEquals(
                HttpCallException.Kind.BREAKER_OPEN,
                failure("dead", dead, PATIENT).kind());
    }

    @Test
    void aFaultTellsTheAddressButNotItsQuery() {
        var e = failure("dead", "http://127.0.0.1:1/hook?token=s3cret", PATIENT);
        assertTrue(e.getMessage().contains("127.0.0.1:1/hook"), e.getMessage());
        assertTrue(!e.getMessage().contains("s3cret"), e.getMessage());
    }

    @Test
    void anAnswerThatIsTooLargeIsNoFailureOfTheServer() {
        var large = "x".repeat(65 << 20);
        try (var server = new StubHttpServer(request -> Response.text(200, large))) {
            for (int i = 0; i < 6; i++) {
                var e = failure("large", server.address(), PATIENT);
                assertEquals(HttpCallException.Kind.TOO_LARGE, e.kind());
                assertTrue(e.getMessage().endsWith("the answer is larger than 64 MiB"), e.getMessage());
            }
        }
    }

    private int status(String address) {
        try {
            return client.send("probe", HttpRequest.newBuilder(URI.create(address)), PATIENT)
                    .statusCode();
        } catch (HttpCallException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpCallException failure(String downstream, String address, Duration deadline) {
        return assertThrows(
                HttpCallException.class,
                () -> client.send(downstream, HttpRequest.newBuilder(URI.create(address)), deadline));
    }
}
