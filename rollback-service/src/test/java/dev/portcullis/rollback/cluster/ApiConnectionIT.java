package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.cluster.ApiRequest.Body;
import io.fabric8.kubernetes.client.Config;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant is what is sent. */
final class ApiConnectionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final StubHttpServer server = new StubHttpServer(request -> Response.json(200, "{}"));
    private final ApiConnection connection = new ApiConnection(access(), LIMIT, Clock.systemUTC());

    private Config access() {
        var access = Config.empty();
        access.setMasterUrl(server.address());
        return access;
    }

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    private StubHttpServer.Request sent(String method, Optional<Body> body) throws Exception {
        var request = new ApiRequest(method, "api/v1/pods", "", body, "pods");
        var response = connection.exchange(
                connection.request(request, connection.address(request)).build());
        assertEquals(200, response.status());
        return server.requests().getLast();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "POST", "PUT", "PATCH", "HEAD", "OPTIONS"})
    void aRequestWithoutABodyIsSentByItsMethod(String method) throws Exception {
        var sent = sent(method, Optional.empty());
        assertEquals(method, sent.method());
        assertEquals("", sent.body());
        assertEquals(null, sent.headers().get("content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "POST", "PUT", "PATCH"})
    void aRequestWithABodyIsSentByItsMethod(String method) throws Exception {
        var sent = sent(method, Optional.of(new Body("application/merge-patch+json", "{\"a\": 1}")));
        assertEquals(method, sent.method());
        assertEquals("{\"a\": 1}", sent.body());
        assertEquals("application/merge-patch+json", sent.headers().get("content-type"));
    }
}
