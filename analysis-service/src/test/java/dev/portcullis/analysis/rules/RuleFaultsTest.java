package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleFaultsTest {
    @Test
    void anOrdinarySloHasNone() {
        assertEquals(List.of(), RuleFaults.of(Slos.of(SloPeriod.DEFAULT), BurnRatePreset.WORKBOOK));
        assertEquals(List.of(), RuleFaults.of(Slos.of(Slos.days(3)), BurnRatePreset.WORKBOOK));
        assertEquals(List.of(), RuleFaults.unreachable(Slos.of(SloPeriod.DEFAULT), BurnRatePreset.WORKBOOK));
    }

    @Test
    void aPeriodShorterThanTheWindowsIsNamed() {
        assertEquals(
                List.of("shop.yaml:1: SLO 'shop-availability': spec.timeWindow[0].duration is 2d;"
                        + " legal for these windows: 3d or more"),
                RuleFaults.of(Slos.of(Slos.days(2)), BurnRatePreset.WORKBOOK));
    }

    @Test
    void aCalendarPeriodIsNamed() {
        List<String> faults = RuleFaults.of(
                Slos.of(new CalendarPeriod(
                        Period.ofMonths(1), LocalDate.of(2026, 1, 1).atStartOfDay(), ZoneOffset.UTC)),
                BurnRatePreset.WORKBOOK);
        assertEquals(1, faults.size());
        assertTrue(faults.getFirst().contains("isRolling is false"), faults.getFirst());
    }

    @Test
    void aNativeHistogramIsRefusedWithTheReasonAndAClassicOneIsNot() {
        List<String> faults =
                RuleFaults.of(Slos.of("shop-latency", 0.99, Slos.latency("t_seconds", 0.3)), BurnRatePreset.SLOTH);
        assertEquals(1, faults.size());
        assertTrue(faults.getFirst().startsWith("shop.yaml:1: SLO 'shop-latency': "), faults.getFirst());
        assertTrue(faults.getFirst().contains("interpolated"), faults.getFirst());
        assertEquals(
                List.of(),
                RuleFaults.of(
                        Slos.of("shop-latency", 0.99, Slos.latency("t_seconds_bucket", 0.3)), BurnRatePreset.SLOTH));
    }

    @Test
    void aRowThatNoOutageCouldMeetIsNamed() {
        var notes = RuleFaults.unreachable(
                Slos.of("shop-availability", 0.9, Slos.bad("b_total", "r_total")), BurnRatePreset.WORKBOOK);
        assertEquals(
                List.of("shop.yaml:1: SLO 'shop-availability': the row page 1h/5m with factor 14.4 is never met:"
                        + " with a target of 90 % the budget burns at most 10 times as fast as it may"),
                notes);
    }
}
