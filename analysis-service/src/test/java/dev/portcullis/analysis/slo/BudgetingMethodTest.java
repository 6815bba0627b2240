package dev.portcullis.analysis.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetingMethodTest {
    private static final BudgetingMethod.Timeslices SLICES =
            new BudgetingMethod.Timeslices(0.95, Duration.ofMinutes(5));

    @Test
    void aCanaryIsHeldAgainstTheTargetOfASliceWhereThereAreSlices() {
        assertEquals(0.999, BudgetingMethod.OCCURRENCES.requestTarget(0.999));
        assertEquals(0.95, SLICES.requestTarget(0.999));
    }

    @Test
    void slicesDivideWhatIsANumberOfThem() {
        assertTrue(SLICES.divides(Duration.ofHours(1)));
        assertTrue(SLICES.divides(Duration.ofMinutes(5)));
        assertFalse(SLICES.divides(Duration.ofMinutes(4)));
        assertFalse(SLICES.divides(Duration.ofMinutes(64)));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1M", "1, PT1M", "NaN, PT1M", "0.5, PT0S", "0.5, PT-1M", "0.5, PT0.5S"})
    void aSliceHasATargetAndWholeSeconds(double target, Duration window) {
        assertThrows(IllegalArgumentException.class, () -> new BudgetingMethod.Timeslices(target, window));
    }
}
