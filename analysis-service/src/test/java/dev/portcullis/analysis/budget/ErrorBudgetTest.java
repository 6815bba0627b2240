package dev.portcullis.analysis.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ErrorBudgetTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final ErrorBudget BUDGET = ErrorBudget.of(0.999, MONTH);

    @Test
    void aTargetLeavesItsDecimalComplementAndNotThatOfItsBinaryFraction() {
        assertEquals(0.001, BUDGET.ratio());
        assertEquals(0.001, ErrorBudget.of(99.9 / 100, MONTH).ratio());
        assertEquals(0.00001, ErrorBudget.of(0.99999, MONTH).ratio());
    }

    @Test
    void whatIsLeftIsAllWithoutBadRequestsNothingOnTargetAndLessBeyond() {
        assertEquals(1, BUDGET.left(0));
        assertEquals(0, BUDGET.left(0.001));
        assertEquals(-1, BUDGET.left(0.002));
    }

    @Test
    void aWholeBudgetAtBurnOneLastsForExactlyOnePeriod() {
        assertEquals(Optional.of(MONTH), BUDGET.exhaustion(1, BUDGET.burn(0.001)));
        assertEquals(Optional.of(Duration.ofDays(15)), BUDGET.exhaustion(1, 2));
        assertEquals(Optional.of(Duration.ofHours(50)), BUDGET.exhaustion(1, 14.4));
    }

    @Test
    void aSpentBudgetThatBurnsIsExhaustedNow() {
        assertEquals(Optional.of(Duration.ZERO), BUDGET.exhaustion(-0.5, 1));
    }

    @Test
    void noEndIsProjectedBeyondAPeriodOrWithoutBurnOrOfWhatWasNotMeasured() {
        assertEquals(Optional.empty(), BUDGET.exhaustion(0.6, 0.5));
        assertEquals(Optional.empty(), BUDGET.exhaustion(0.6, 0));
        assertEquals(Optional.empty(), BUDGET.exhaustion(0, 0));
        assertEquals(Optional.empty(), BUDGET.exhaustion(Double.NaN, 1));
        assertEquals(Optional.empty(), BUDGET.exhaustion(0.5, Double.NaN));
        assertTrue(Double.isNaN(BUDGET.left(Double.NaN)));
    }

    @Test
    void aBudgetOfNothingOrOfEverythingIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new ErrorBudget(0, MONTH));
        assertThrows(IllegalArgumentException.class, () -> new ErrorBudget(1, MONTH));
        assertThrows(IllegalArgumentException.class, () -> new ErrorBudget(0.1, Duration.ZERO));
    }
}
