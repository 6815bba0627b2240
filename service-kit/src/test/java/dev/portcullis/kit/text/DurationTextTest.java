package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.5S, 500ms", "PT90S, 1m30s", "PT1H4M, 1h4m", "PT48H, 2d", "P8DT1S, 8d1s"})
    void aCompactTextIsReadBack(Duration duration, String text) {
        assertEquals(text, DurationText.compact(duration));
        assertEquals(Optional.of(duration), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1.5h", "30s1m", "-1s", "1 h", "1234567890s"})
    void anythingElseIsNoLengthOfTime(String text) {
        assertEquals(Optional.empty(), DurationText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0 s",
        "PT44.6S, 45 s",
        "PT9M30S, 9 min 30 s",
        "PT59M59.6S, 1 h",
        "PT1H5M59S, 1 h 5 min",
        "PT51H59M, 2 d 3 h"
    })
    void aRoundedTextHasTwoUnitsAtMost(Duration duration, String text) {
        assertEquals(text, DurationText.rounded(duration));
    }

    @Test
    void secondsHaveADecimalOnlyWhereItSaysSomething() {
        assertEquals("60 s", DurationText.seconds(Duration.ofMinutes(1)));
        assertEquals("0.5 s", DurationText.seconds(Duration.ofMillis(500)));
        assertEquals("1.1 s", DurationText.seconds(Duration.ofMillis(1149)));
    }
}
