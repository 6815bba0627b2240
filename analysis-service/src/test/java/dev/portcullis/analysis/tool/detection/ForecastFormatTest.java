package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ForecastFormatTest {
    @Test
    void aForecastHasTwoDigitsAndALeastNumberIsNeverTooSmall() {
        assertEquals("29,000", ForecastFormat.count(28_628.16));
        assertEquals("0.31", ForecastFormat.count(0.3149));
        assertEquals("0", ForecastFormat.count(0));
        assertEquals("8", ForecastFormat.atLeast(7.952));
        assertEquals("0.3", ForecastFormat.atLeast(0.1 + 0.2));
        assertEquals("130,000", ForecastFormat.atLeast(120_001));
    }

    @Test
    void whatWasGivenIsRepeated() {
        assertEquals("450", ForecastFormat.given(450));
        assertEquals("1,234.5", ForecastFormat.given(1_234.5));
        assertEquals("99.95", ForecastFormat.given(100 * 0.9995));
        assertEquals("0.001", ForecastFormat.given(0.001));
    }

    @Test
    void ratiosHaveThreeDigitsAndSharesOnlyWhatSimulationsShow() {
        assertEquals("0.05 %", ForecastFormat.percent((1 - 0.999) * 0.5));
        assertEquals("100 %", ForecastFormat.percent(1));
        assertEquals("0 %", ForecastFormat.share(0));
        assertEquals("< 1 %", ForecastFormat.share(0.0025));
        assertEquals("41 %", ForecastFormat.share(0.4125));
        assertEquals("> 99 %", ForecastFormat.share(0.9975));
        assertEquals("100 %", ForecastFormat.share(1));
    }

    @Test
    void forecastsAreRoundedUp() {
        assertEquals("14 s", ForecastFormat.forecast(13.2));
        assertEquals("9 min 40 s", ForecastFormat.forecast(572.6));
        assertEquals("43 min", ForecastFormat.forecast(2_571));
        assertEquals("8 h", ForecastFormat.forecast(28_629 + 120));
        assertEquals("16 d 14 h", ForecastFormat.forecast(1_431_408));
    }
}
