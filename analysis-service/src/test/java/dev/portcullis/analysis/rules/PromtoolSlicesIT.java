package dev.portcullis.analysis.rules;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static dev.portcullis.analysis.budget.AlertSeverity.TICKET;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.SloPeriod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of time slices, evaluated by Prometheus' own code, count the slices as they are counted by hand. Needs {@code promtool}. */
@Tag("extra")
final class PromtoolSlicesIT {
    private static final Duration PERIOD = Duration.ofHours(6);
    private static final BurnRateRow PAGED =
            new BurnRateRow(PAGE, Duration.ofHours(1), Duration.ofMinutes(5), 14.4, Duration.ofMinutes(10));
    private static final BurnRateRow TICKETED = new BurnRateRow(TICKET, Duration.ofHours(3), Duration.ofMinutes(15), 1);
    private static final BurnRateRows ROWS = new BurnRateRows(List.of(PAGED, TICKETED));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final BudgetedSlo SLO = Slos.slices(0.95, MINUTE, SloPeriod.ofLast(PERIOD));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {361, 400, 460, 505, 520, 540, 715, SlicedDay.MINUTES})
    void badSlicesBurnAndBudgetAreThoseOfTheCountedMinutes(int minute) throws Exception {
        StringBuilder tests = new StringBuilder();
        for (Duration window : ROWS.windows()) {
            double share = badShare(window, minute);
            tests.append(isClose(SeriesNames.badRatio(window), share, minute));
            tests.append(isClose(SeriesNames.burn(window), SLO.budget().burn(share), minute));
        }
        double spent = badShare(PERIOD, minute);
        tests.append(isClose(SeriesNames.badRatio(PERIOD), spent, minute));
        tests.append(isClose(SeriesNames.LEFT, SLO.budget().left(spent), minute));
        tests.append(alerts(TICKET, "firing", minute, speaks(TICKET, minute) ? 1 : 0));
        assertEquals("", told(tests.toString()));
    }

    /** Longer than the five minutes after which a series is taken for gone. */
    @Test
    void slicesOfTenMinutesAreCountedToo() throws Exception {
        Duration slice = Duration.ofMinutes(10);
        BudgetedSlo slo = Slos.slices(0.95, slice, SloPeriod.ofLast(PERIOD));
        BurnRateRows rows = new BurnRateRows(List.of(new BurnRateRow(TICKET, Duration.ofHours(2), slice, 1)));
        StringBuilder tests = new StringBuilder();
        for (int minute : new int[] {370, 470, 510, 520, 620, SlicedDay.MINUTES}) {
            for (Duration window : rows.windows()) {
                double burn = slo.budget().burn(SlicedDay.badShare(slice, window, minute));
                tests.append(isClose(SeriesNames.burn(window), burn, minute));
            }
            double spent = SlicedDay.badShare(slice, PERIOD, minute);
            tests.append(isClose(SeriesNames.LEFT, slo.budget().left(spent), minute));
        }
        assertEquals("", told(slo, rows, slice, tests.toString()));
    }

    @Test
    void whoIsToldOnlyAfterAWhileIsToldThen() throws Exception {
        int met = 500;
        while (!speaks(PAGE, met)) {
            met++;
        }
        assertEquals(508, met);
        String tests = alerts(PAGE, "pending", met - 1, 0)
                + alerts(PAGE, "pending", met, 1)
                + alerts(PAGE, "firing", met + 9, 0)
                + alerts(PAGE, "firing", met + 10, 1)
                + alerts(PAGE, "firing\",hold=\"10m", met + 10, 1);
        assertEquals("", told(tests));
    }

    @Test
    void aMinuteWithoutRequestsIsNoSlice() throws Exception {
        String none = "count(" + series(SeriesNames.TIME_SLICE) + ") or vector(0)";
        String counted = "count_over_time(" + series(SeriesNames.TIME_SLICE) + "[59m59s])";
        assertEquals(
                "",
                told(ExpectedFigures.has(none, "0", 350)
                        + ExpectedFigures.has("sum(" + counted + ") or vector(0)", "0", 360)
                        + ExpectedFigures.has(none, "1", 361)));
    }

    private static boolean speaks(AlertSeverity severity, int minute) {
        return ROWS.speaks(severity, window -> SLO.budget().burn(badShare(window, minute)));
    }

    private static String alerts(AlertSeverity severity, String state, int minute, int count) {
        String alert = "ALERTS{alertname=\"ErrorBudgetBurn\",severity=\"" + severity.word() + "\",alertstate=\"" + state
                + "\"}";
        return ExpectedFigures.has("count(" + alert + ") or vector(0)", String.valueOf(count), minute);
    }

    private static String isClose(String name, double expected, int minute) {
        return ExpectedFigures.has("sum(abs(" + series(name) + " - (" + expected + ")) <= bool 1e-9)", "1", minute);
    }

    private static String series(String name) {
        return name + "{service=\"shop\",slo=\"slices\"}";
    }

    private static double badShare(Duration window, int minute) {
        return SlicedDay.badShare(MINUTE, window, minute);
    }

    private String told(String tests) throws Exception {
        return told(SLO, ROWS, MINUTE, tests);
    }

    private String told(BudgetedSlo slo, BurnRateRows rows, Duration interval, String tests) throws Exception {
        List<RuleGroup> groups = SloRules.of(slo, rows, "https://wiki.example/burn");
        return new Promtool(folder)
                .told(groups, SlicedDay.testFile(groups.getFirst().name(), interval, tests));
    }
}
