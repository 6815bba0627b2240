package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "0 | PT0S",
                "Sun, 01 Mar 2026 12:00:30 GMT | PT30S",
                "Sun, 01 Mar 2026 11:00:00 GMT | PT0S",
                "soon | PT0S",
                "-5 | PT0S",
                "999999999 | PT24H",
            })
    void aWishToBeLeftAloneIsUnderstood(String header, String wait) {
        assertEquals(Duration.parse(wait), RetryAfter.parse(header, NOW));
    }

    @ParameterizedTest(name = "until {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1772366405000 | PT5S",
                "1772366400250 | PT0.25S",
                "1772366399000 | PT0S",
                "0 | PT0S",
                "999999999999999 | PT24H",
                "soon | PT0S",
                "-5 | PT0S",
            })
    void aMomentIsWaitedFor(String epochMillis, String wait) {
        assertEquals(Duration.parse(wait), RetryAfter.until(epochMillis, NOW));
    }
}
