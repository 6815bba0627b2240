package dev.portcullis.analysis.budget;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static dev.portcullis.analysis.budget.AlertSeverity.TICKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BurnRateRowsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final BurnRateRow ROW = new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 14.4);
    private static final BurnRateRows ROWS =
            new BurnRateRows(List.of(ROW, new BurnRateRow(PAGE, SIX_HOURS, HALF_HOUR, 6)));

    @Test
    void bothWindowsHaveToExceedTheFactor() {
        assertTrue(ROW.isMet(14.5, 14.5));
        assertFalse(ROW.isMet(14.5, 1));
        assertFalse(ROW.isMet(1, 14.5));
    }

    @Test
    void aBurnThatEqualsTheFactorDoesNotExceedIt() {
        assertFalse(ROW.isMet(14.4, 20));
        assertFalse(ROW.isMet(20, 14.4));
        assertTrue(ROW.isMet(Math.nextUp(14.4), Math.nextUp(14.4)));
    }

    @Test
    void whatWasNotMeasuredExceedsNothing() {
        assertFalse(ROW.isMet(Double.NaN, 20));
        assertFalse(ROW.isMet(20, Double.NaN));
    }

    @Test
    void oneRowIsEnoughButNotHalfOfTwo() {
        assertTrue(speaks(Map.of(HOUR, 1.0, FIVE_MINUTES, 1.0, SIX_HOURS, 7.0, HALF_HOUR, 7.0)));
        assertFalse(speaks(Map.of(HOUR, 20.0, FIVE_MINUTES, 1.0, SIX_HOURS, 1.0, HALF_HOUR, 20.0)));
    }

    @Test
    void aSeverityWithoutRowsNeverSpeaks() {
        assertFalse(ROWS.speaks(TICKET, window -> 1000));
    }

    @Test
    void theWindowsAreKnownShortestFirst() {
        assertEquals(List.of(FIVE_MINUTES, HALF_HOUR, HOUR, SIX_HOURS), List.copyOf(ROWS.windows()));
        assertEquals(HOUR, ROWS.projectionWindow());
        assertEquals(SIX_HOURS, ROWS.shortestPeriod());
    }

    @Test
    void rowsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BurnRateRows(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new BurnRateRow(PAGE, HOUR, HOUR, 1));
        assertThrows(IllegalArgumentException.class, () -> new BurnRateRow(PAGE, HOUR, Duration.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 0));
        assertThrows(IllegalArgumentException.class, () -> new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, Double.NaN));
    }

    private static boolean speaks(Map<Duration, Double> burns) {
        return ROWS.speaks(PAGE, window -> burns.getOrDefault(window, Double.NaN));
    }
}
