package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
    @ParameterizedTest
    @CsvSource({
        // six digits: below a million every number has them all
        "0, 0",
        "999999, 0",
        "1000000, 10",
        "1234560, 10",
        "12345600, 100",
        "2.00001e9, 10000",
        "2e9, 10000",
        "1e18, 10000000000000",
    })
    void anUnknownPrinterIsTakenToPrintSixDigits(double value, double step) {
        assertEquals(step, Resolution.LEAST.with(value).step(value));
    }

    @ParameterizedTest
    @CsvSource({"1234567, 0", "16777215, 0", "2000012345, 0", "2000012340, 10", "9007199254740991, 0", "1234567.5, 0"})
    void aNumberShowsItsOwnDigits(double value, double step) {
        assertEquals(step, Resolution.LEAST.with(value).step(value));
    }

    @ParameterizedTest
    @CsvSource({"16777216, 2", "33554432, 4", "2000012288, 128"})
    void whatFitsInto32BitsMayBeAFloat(double value, double step) {
        var resolution = new Resolution(17, 24);
        assertEquals(step, resolution.with(value).step(value));
        assertTrue(resolution.isBinary(value));
    }

    @ParameterizedTest
    @CsvSource({"9007199254740994, 2", "36028797018963968, 8"})
    void aDoubleHasStepsToo(double value, double step) {
        assertEquals(step, new Resolution(17, 53).step(value));
    }

    @ParameterizedTest
    @CsvSource({"2.00001e9", "2e9", "1e7", "16777216", "3000000000"})
    void aCounterKnownToShowAllItsDigitsMayBeRound(double value) {
        assertEquals(0, Resolution.LEAST.with(4_294_967_295.0).step(value));
    }
}
