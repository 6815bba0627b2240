package dev.portcullis.analysis.source.datadog;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.usecase.ManualClock;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutCountsIT {
    private static final String WHOLE = "{\"status\":\"ok\",\"series\":[{\"interval\":30,\"tag_set\":[\"version:v2\"],"
            + "\"pointlist\":[[1767268800000,12345.0]]}]}";

    private static SourceReading read(Framing framing, String body) {
        try (var server = new CuttingHttpServer(path -> framing.of("application/json", body))) {
            var source = CountedPods.source(server.address(), new ManualClock());
            return Readings.of(source, DatadogQuery.parse("shop.requests{*}"), new Arms("version", "v2", "v1"));
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
        var reading = read(framing, WHOLE.substring(0, WHOLE.length() - missing));
        var unreachable = assertInstanceOf(SourceReading.Unreachable.class, reading);
        assertTrue(unreachable.detail().contains(reason), unreachable.detail());
    }

    @Test
    void noPartOfAnAnswerIsOne() {
        for (int length = 0; length < WHOLE.length(); length++) {
            var part = WHOLE.substring(0, length);
            assertInstanceOf(CountQueryResult.Refused.class, CountQueryResult.read(200, part), part);
        }
        assertInstanceOf(SourceReading.Series.class, read(Framing.UNTIL_CLOSE, WHOLE));
    }
}
