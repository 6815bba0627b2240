package dev.portcullis.analysis.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetStateTest {
    private static final double CLOSE = 1e-12;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final BurnRateRows ROWS =
            new BurnRateRows(List.of(new BurnRateRow(AlertSeverity.PAGE, HOUR, FIVE_MINUTES, 14.4)));
    /** Of 30 days. */
    private static final SloPeriod JUNE =
            new CalendarPeriod(Period.ofMonths(1), LocalDateTime.of(2026, 1, 1, 0, 0), ZoneOffset.UTC);

    private static final Instant DAY_SIX = Instant.parse("2026-06-07T00:00:00Z");

    private static BudgetState state(SloPeriod period, Instant moment, double soFar, double hour, double minutes) {
        BudgetedSlo slo = new BudgetedSlo(
                "a.yaml:1", "cart", "shop", 0.999, period, new RatioIndicator("main", null, "bad", "all"), true);
        Map<Duration, Double> byWindow = new HashMap<>(Map.of(HOUR, hour, FIVE_MINUTES, minutes));
        byWindow.put(slo.elapsed(moment), soFar);
        return BudgetState.of(slo, ROWS, new BadRatios.Known(moment, byWindow));
    }

    private static BudgetState.Measured measured(SloPeriod period, double soFar, double hour, double minutes) {
        return assertInstanceOf(BudgetState.Measured.class, state(period, DAY_SIX, soFar, hour, minutes));
    }

    @Test
    void ofARollingPeriodAllOfTheBudgetIsHeldAgainstAllOfThePast() {
        var state = measured(SloPeriod.DEFAULT, 0.0006, 0.002, 0.02);
        assertEquals(0.4, state.left(), CLOSE);
        assertEquals(Optional.of(Duration.ofDays(6)), state.exhaustion());
    }

    @Test
    void ofACalendarsPeriodWhatIsOverSpendsNoMoreThanItsPartOfTheBudget() {
        // Twice as bad as allowed for a fifth of the month.
        var state = measured(JUNE, 0.002, 0.002, 0.002);
        assertEquals(0.6, state.left(), CLOSE);
        assertEquals(Optional.of(Duration.ofDays(9)), state.exhaustion());
    }

    @Test
    void aBudgetThatOutlastsItsMonthHasNoEnd() {
        assertEquals(Optional.empty(), measured(JUNE, 0.001, 0.001, 0.001).exhaustion());
        assertEquals(Optional.empty(), measured(JUNE, 0, 0.001, 0.001).exhaustion());
        assertEquals(
                Optional.of(Duration.ofDays(12)),
                measured(JUNE, 0.001, 0.002, 0.001).exhaustion());
    }

    @Test
    void whatDoesNotBurnNeverEnds() {
        assertEquals(Optional.empty(), measured(JUNE, 0.01, 0, 0).exhaustion());
        assertEquals(
                Optional.empty(),
                measured(SloPeriod.DEFAULT, 0.01, Double.NaN, 0).exhaustion());
        assertEquals(
                Optional.of(Duration.ZERO),
                measured(SloPeriod.DEFAULT, 0.01, 0.001, 0).exhaustion());
    }

    @Test
    void aRowIsMetWhenBothOfItsWindowsBurn() {
        assertEquals(true, measured(JUNE, 0.001, 0.015, 0.015).rows().getFirst().met());
        assertEquals(
                false, measured(JUNE, 0.001, 0.015, 0.001).rows().getFirst().met());
        var idle = measured(JUNE, 0.001, 0.015, Double.NaN);
        assertEquals(false, idle.rows().getFirst().met());
        assertEquals(List.of(HOUR), List.copyOf(idle.burns().keySet()));
    }

    @Test
    void aPeriodThatBeginsJustNowHasNoRequestsYet() {
        Instant first = Instant.parse("2026-06-01T00:00:00Z");
        assertInstanceOf(BudgetState.NoData.class, state(JUNE, first, Double.NaN, 0.1, 0.1));
        assertInstanceOf(BudgetState.NoData.class, state(SloPeriod.DEFAULT, first, Double.NaN, 0.1, 0.1));
    }
}
