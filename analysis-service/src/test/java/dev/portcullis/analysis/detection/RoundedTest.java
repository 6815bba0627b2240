package dev.portcullis.analysis.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundedTest {
    @Test
    void aForecastHasTwoDigitsAndALeastNumberIsNeverTooSmall() {
        assertEquals("29,000", Rounded.count(28_628.16));
        assertEquals("0.31", Rounded.count(0.3149));
        assertEquals("0", Rounded.count(0));
        assertEquals("8", Rounded.atLeast(7.952));
        assertEquals("0.3", Rounded.atLeast(0.1 + 0.2));
        assertEquals("130,000", Rounded.atLeast(120_001));
    }

    @Test
    void whatWasGivenIsRepeated() {
        assertEquals("450", Rounded.given(450));
        assertEquals("1,234.5", Rounded.given(1_234.5));
        assertEquals("99.95", Rounded.given(100 * 0.9995));
        assertEquals("0.001", Rounded.given(0.001));
    }

    @Test
    void ratiosHaveThreeDigitsAndSharesOnlyWhatSimulationsShow() {
        assertEquals("0.05 %", Rounded.percent((1 - 0.999) * 0.5));
        assertEquals("100 %", Rounded.percent(1));
        assertEquals("0 %", Rounded.share(0));
        assertEquals("< 1 %", Rounded.share(0.0025));
        assertEquals("41 %", Rounded.share(0.4125));
        assertEquals("> 99 %", Rounded.share(0.9975));
        assertEquals("100 %", Rounded.share(1));
    }

    @Test
    void timesAreReadableAndForecastsRoundedUp() {
        assertEquals("30 s", Rounded.duration(Duration.ofSeconds(30)));
        assertEquals("9 min 30 s", Rounded.duration(Duration.ofSeconds(570)));
        assertEquals("1 h 5 min", Rounded.duration(Duration.ofMinutes(65)));
        assertEquals("2 d 3 h", Rounded.duration(Duration.ofHours(51)));
        assertEquals("14 s", Rounded.forecast(13.2));
        assertEquals("9 min 40 s", Rounded.forecast(572.6));
        assertEquals("43 min", Rounded.forecast(2_571));
        assertEquals("8 h", Rounded.forecast(28_629 + 120));
        assertEquals("16 d 14 h", Rounded.forecast(1_431_408));
    }
}
