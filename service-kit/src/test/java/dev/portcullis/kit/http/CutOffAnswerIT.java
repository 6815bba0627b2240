package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CutOffAnswerIT {
    private static final String BODY = "requests_total 12";

    private final TracedHttpClient client =
            new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHORT_OF_CONTENT_LENGTH | the answer was cut off after 17 of its 27 bytes",
                "WITHOUT_LAST_CHUNK | the answer was cut off after 17 bytes: its last chunk is missing"
            })
    void anAnswerThatBreaksOffBeforeItsFramingSaysIsNoAnswer(Framing framing, String reason) {
        try (var server = new CuttingHttpServer(path -> framing.of("text/plain", BODY))) {
            var fault = assertThrows(HttpCallException.class, () -> send(server));
            assertEquals(HttpCallException.Kind.BROKEN, fault.kind(), "what was asked for may have been done");
            assertTrue(fault.getMessage().endsWith(reason), fault.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNTIL_CLOSE", "HTTP_1_0", "WHOLE"})
    void anAnswerThatIsAsLongAsItsFramingSaysIsOne(Framing framing) throws Exception {
        try (var server = new CuttingHttpServer(path -> framing.of("text/plain", BODY))) {
            assertEquals(BODY, send(server));
        }
    }

    @Test
    void aConnectionThatEndsInTheHeadIsNoAnswer() {
        try (var server = new CuttingHttpServer(path -> new byte[] {'H', 'T', 'T', 'P'})) {
            var fault = assertThrows(HttpCallException.class, () -> send(server));
            assertEquals(HttpCallException.Kind.BROKEN, fault.kind());
        }
    }

    private String send(CuttingHttpServer server) throws HttpCallException {
        return client.send("probe", HttpRequest.newBuilder(URI.create(server.address() + "/")), Duration.ofSeconds(20))
                .body();
    }
}
