package dev.portcullis.analysis.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeriesTextTest {
    @ParameterizedTest
    @CsvSource({
        "1.81200003624, 1.812",
        "0.000123456, 0.0001235",
        "0.30000000000000004, 0.3",
        "12345.678, '12,346'",
        "9999.96, '10,000'",
        "-2147483000, '-2,147,483,000'",
        "51000, '51,000'",
        "-0.5, -0.5",
        "0, 0",
        "NaN, NaN",
        "Infinity, Infinity",
        "1e18, 1.0E18"
    })
    void aValueIsWrittenAsPeopleWriteIt(double value, String text) {
        assertEquals(text, SeriesText.value(value));
    }

    @ParameterizedTest
    @CsvSource({"0.0123456789, 0.0123456789", "2.5, 2.5", "Infinity, +Inf"})
    void aBoundaryIsAsItsLabelHasIt(double boundary, String text) {
        assertEquals(text, SeriesText.boundary(boundary));
    }
}
