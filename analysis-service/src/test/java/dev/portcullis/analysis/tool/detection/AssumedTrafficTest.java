package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumedTrafficTest {
    @ParameterizedTest
    @CsvSource({
        "0, 9, 0.5, canary",
        "NaN, 9, 0.5, canary",
        "1, -1, 0.5, baseline",
        "1, 9, 0, stableBudget",
        "1, 9, 11, stableBudget"
    })
    void aFigureOutOfItsRangeIsNamed(double canary, double baseline, double stableBudget, String named) {
        var fault =
                assertThrows(IllegalArgumentException.class, () -> new AssumedTraffic(canary, baseline, stableBudget));
        assertTrue(fault.getMessage().startsWith(named + " is "), fault::getMessage);
    }

    @Test
    void withoutAStableVersionNothingIsCompared() {
        assertFalse(new AssumedTraffic(1, 0, 0.5).compares());
        assertTrue(new AssumedTraffic(1, 9, 0.5).compares());
    }
}
