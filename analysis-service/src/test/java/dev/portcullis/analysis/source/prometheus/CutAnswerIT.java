package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutAnswerIT {
    private static final String WHOLE = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"pod\":\"a\",\"code\":\"500\"},\"value\":[1,\"123450\"]}]}}";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static List<Sample> asked(Framing framing, String body) throws QueryFailureException {
        try (var server = new CuttingHttpServer(path -> framing.of("application/json", body))) {
            var properties = new PrometheusProperties(
                    "prom",
                    HttpAddress.parse(server.address(), false),
                    Access.OPEN,
                    Map.of(),
                    PrometheusProperties.Limits.USUAL);
            return new PrometheusClient(properties, TestHttp.client()).instant("up", NOON, TestHttp.PATIENT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNTIL_CLOSE | 8 | the answer is cut off: its JSON has no end after",
                "HTTP_1_0 | 1 | the answer is cut off: its JSON has no end after",
                "WHOLE | 4 | the answer is cut off: its JSON has no end after",
                "SHORT_OF_CONTENT_LENGTH | 0 | the answer was cut off after",
                "WITHOUT_LAST_CHUNK | 0 | its last chunk is missing",
                "GZIP_CUT | 0 | the body is not JSON"
            })
    void anAnswerThatBreaksOffIsNone(Framing framing, int missing, String reason) {
        String cut = WHOLE.substring(0, WHOLE.length() - missing);
        var refused = assertThrows(QueryFailureException.class, () -> asked(framing, cut));
        assertEquals(QueryFailure.AWAY, refused.failure());
        assertTrue(refused.reason().contains(reason), refused.reason());
    }

    @Test
    void theWholeAnswerIsOne() throws QueryFailureException {
        assertEquals(1, asked(Framing.UNTIL_CLOSE, WHOLE).size());
    }
}
