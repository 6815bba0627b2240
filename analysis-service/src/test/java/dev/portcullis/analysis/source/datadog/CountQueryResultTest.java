package dev.portcullis.analysis.source.datadog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points that are no counts. */
class CountQueryResultTest {
    private static final String SERIES =
            "{\"tag_set\":[\"version:v2\",\"pod_name:a\"],\"interval\":30,\"pointlist\":[[1767225600000.0,5.0],[1767225630000.0,%s]]}";

    @Test
    void anIntervalWithoutAValueIsOneWithoutRequests() {
        var counts = assertInstanceOf(CountQueryResult.Counts.class, read(SERIES.formatted("null")));
        assertEquals(
                List.of(new CountQueryResult.CountSeries(
                        Map.of("version", "v2", "pod_name", "a"), Map.of(Instant.parse("2026-01-01T00:00:00Z"), 5.0))),
                counts.series());
    }

    @ParameterizedTest
    @CsvSource({"-4.0, -4.0", "\"NaN\", NaN", "1e300, 1.0E300", "1e999, Infinity", "[], []"})
    void aPointThatIsNoCountIsRefusedWithItsSeries(String value, String told) {
        var refused = assertInstanceOf(CountQueryResult.Refused.class, read(SERIES.formatted(value)));
        assertEquals(
                "series {pod_name=a, version=v2} has counted " + told
                        + " in the interval from 2026-01-01T00:00:30Z, which is not a count of requests",
                refused.reason());
    }

    @Test
    void aSeriesThatIsGivenTwiceIsRefused() {
        var refused = assertInstanceOf(
                CountQueryResult.Refused.class, read(SERIES.formatted("1.0") + "," + SERIES.formatted("1.0")));
        assertEquals("the answer has a series twice, {pod_name=a, version=v2}", refused.reason());
    }

    private static CountQueryResult read(String series) {
        return CountQueryResult.read(200, "{\"status\":\"ok\",\"series\":[" + series + "]}");
    }
}
