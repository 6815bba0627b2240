package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aCalendarPeriodHasAlertsAndIsSaidToHaveNoBudgetLeftToShow() {
        BudgetedSlo slo = Slos.of(
                new CalendarPeriod(Period.ofMonths(3), LocalDate.of(2026, 1, 1).atStartOfDay(), ZoneOffset.UTC));
        assertEquals(List.of(), RuleFaults.of(slo, BurnRatePreset.WORKBOOK));
        assertEquals(
                List.of(
                        "shop.yaml:1: SLO 'shop-availability': no series of what is left of its budget, since PromQL looks"
                                + " back from now and knows no calendar; its alerts take the period for 90d long"),
                RuleFaults.leftOut(slo));
        assertEquals(List.of(), RuleFaults.leftOut(Slos.of(SloPeriod.DEFAULT)));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, ''", "PT5M, ''", "PT10M, 5m", "PT7M, 5m", "PT2M, 5m"})
    void timeSlicesHaveToDivideTheWindows(Duration slice, String window) {
        List<String> faults = RuleFaults.of(Slos.slices(0.95, slice, SloPeriod.DEFAULT), BurnRatePreset.WORKBOOK);
        assertEquals(window.isEmpty() ? 0 : 1, faults.size());
        for (String fault : faults) {
            assertTrue(
                    fault.startsWith("shop.yaml:1: SLO 'slices': its time slices are " + DurationText.compact(slice)
                            + " long, and " + window + ", a window of its alerts"),
                    fault);
        }
    }

    @Test
    void timeSlicesInAPeriodThatIsTooShortAreOneFault() {
        BudgetedSlo slo = Slos.slices(0.95, Duration.ofMinutes(1), SloPeriod.ofLast(Duration.ofMinutes(90)));
        List<String> faults = RuleFaults.of(slo, BurnRatePreset.PYRRA);
        assertEquals(1, faults.size());
        assertTrue(faults.getFirst().contains("legal for these windows: 14d or more"), faults.getFirst());
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
