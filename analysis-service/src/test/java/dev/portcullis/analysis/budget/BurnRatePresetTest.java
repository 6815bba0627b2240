package dev.portcullis.analysis.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BurnRatePresetTest {
    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @EnumSource(names = {"WORKBOOK", "SLOTH"})
    void theWorkbooksFactorsAreThoseOfItsTable(BurnRatePreset preset) {
        assertEquals(List.of(14.4, 6.0, 3.0, 1.0), factors(preset, 30));
        assertEquals(List.of("1h/5m", "6h/30m", "24h/2h", "72h/6h"), windows(preset, 30));
    }

    @Test
    void anotherPeriodChangesTheFactorsAndNotTheWindows() {
        assertEquals(List.of(13.44, 5.6, 2.8, 0.933333333333), factors(BurnRatePreset.WORKBOOK, 28));
        assertEquals(windows(BurnRatePreset.WORKBOOK, 30), windows(BurnRatePreset.WORKBOOK, 28));
        assertEquals(List.of(43.2, 18.0, 9.0, 3.0), factors(BurnRatePreset.WORKBOOK, 90));
    }

    @Test
    void pyrrasWindowsGrowWithThePeriodAndItsFactorsStay() {
        assertEquals(List.of(14.0, 7.0, 2.0, 1.0), factors(BurnRatePreset.PYRRA, 28));
        assertEquals(List.of("1h/5m", "6h/30m", "24h/2h", "96h/6h"), windows(BurnRatePreset.PYRRA, 28));
        assertEquals(List.of(14.0, 7.0, 2.0, 1.0), factors(BurnRatePreset.PYRRA, 84));
        assertEquals(List.of("3h/15m", "18h/90m", "72h/6h", "288h/18h"), windows(BurnRatePreset.PYRRA, 84));
    }

    @ParameterizedTest
    @EnumSource
    void theShortestPeriodHoldsEveryWindow(BurnRatePreset preset) {
        Duration shortest = preset.shortestPeriod();
        assertTrue(preset.forPeriod(shortest).windows().last().compareTo(shortest) <= 0);
    }

    private static List<Double> factors(BurnRatePreset preset, int days) {
        return preset.forPeriod(DAY.multipliedBy(days)).rows().stream()
                .map(BurnRateRow::factor)
                .toList();
    }

    private static List<String> windows(BurnRatePreset preset, int days) {
        return preset.forPeriod(DAY.multipliedBy(days)).rows().stream()
                .map(row -> text(row.longWindow()) + "/" + text(row.shortWindow()))
                .toList();
    }

    private static String text(Duration window) {
        return window.toMinutes() % 60 == 0 ? window.toHours() + "h" : window.toMinutes() + "m";
    }
}
