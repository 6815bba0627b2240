package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.budget.ErrorBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the domain says of a shop's counters, as expressions that Prometheus has to find true. */
final class ExpectedFigures {
    private static final double CLOSE = 1e-9;

    private final ShopCounters shop;
    private final BurnRateRows rows;
    private final int firstMinute;
    private final List<String> tests = new ArrayList<>();

    ExpectedFigures(ShopCounters shop, BurnRateRows rows, boolean leftOpen) {
        this.shop = shop;
        this.rows = rows;
        this.firstMinute = leftOpen ? 1 : 0;
    }

    List<String> tests() {
        return tests;
    }

    void add(BudgetedSlo slo) {
        ShopCounters.MOMENTS.forEach(minute -> add(slo, minute));
    }

    private void add(BudgetedSlo slo, int minute) {
        ErrorBudget budget = slo.budget();
        Duration period = slo.period().length();
        for (Duration window : rows.windows()) {
            isClose(slo, SeriesNames.badRatio(window), badRatio(window, minute), minute);
            isClose(slo, SeriesNames.burn(window), burn(slo, window, minute), minute);
        }
        double left = budget.left(badRatio(period, minute));
        isClose(slo, SeriesNames.badRatio(period), badRatio(period, minute), minute);
        isClose(slo, SeriesNames.PERIOD_BURN, burn(slo, period, minute), minute);
        isClose(slo, SeriesNames.CURRENT_BURN, burn(slo, rows.windows().first(), minute), minute);
        isClose(slo, SeriesNames.LEFT, left, minute);
        isClose(slo, SeriesNames.OBJECTIVE, slo.target(), minute);
        budget.exhaustion(left, burn(slo, rows.projectionWindow(), minute))
                .ifPresentOrElse(
                        end -> isClose(slo, SeriesNames.EXHAUSTION, end.toNanos() / 1e9, minute),
                        () -> tests.add(
                                has("count(" + series(slo, SeriesNames.EXHAUSTION) + ") or vector(0)", "0", minute)));
        for (AlertSeverity severity : AlertSeverity.values()) {
            String alert = "ALERTS{alertname=\"ErrorBudgetBurn\",alertstate=\"firing\",service=\"shop\",severity=\""
                    + severity.word() + "\",slo=\"" + slo.name() + "\"}";
            String told = speaks(slo, severity, minute) ? "1" : "0";
            tests.add(has("count(" + alert + ") or vector(0)", told, minute));
        }
    }

    boolean speaks(BudgetedSlo slo, AlertSeverity severity, int minute) {
        return rows.speaks(severity, window -> burn(slo, window, minute));
    }

    private double burn(BudgetedSlo slo, Duration window, int minute) {
        return slo.budget().burn(badRatio(window, minute));
    }

    private double badRatio(Duration window, int minute) {
        int from = ShopCounters.firstSample((int) (minute - window.toMinutes()) + firstMinute);
        return (double) (shop.bad(minute) - shop.bad(from)) / (shop.total(minute) - shop.total(from));
    }

    private void isClose(BudgetedSlo slo, String name, double expected, int minute) {
        String allowed = Double.toString(CLOSE * Math.max(1, Math.abs(expected)));
        String difference = "abs(" + series(slo, name) + " - (" + expected + "))";
        tests.add(has("sum(" + difference + " <= bool " + allowed + ")", "1", minute));
    }

    private static String series(BudgetedSlo slo, String name) {
        return name + "{service=\"shop\",slo=\"" + slo.name() + "\"}";
    }

    /** An expression that has to have a value at a minute. */
    static String has(String expression, String value, int minute) {
        return "- {expr: '" + expression + "', eval_time: " + minute + "m, exp_samples: [{labels: '{}', value: " + value
                + "}]}\n";
    }
}
