package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How the error budget of one SLO stands. */
public sealed interface BudgetState {
    /** Whose budget it is. */
    BudgetedSlo slo();

    /**
     * It was measured.
     *
     * @param moment the figures are of
     * @param badRatio bad requests per request since the period began
     * @param left see {@link ErrorBudget#left(double, Duration)}
     * @param burns burn rates by window, shortest first; without windows in which no request was served
     * @param rows in the order of the SLO
     * @param exhaustion see {@link ErrorBudget#exhaustion}; empty too when a calendar's period ends before
     */
    record Measured(
            BudgetedSlo slo,
            Instant moment,
            double badRatio,
            double left,
            SortedMap<Duration, Double> burns,
            List<RowBurn> rows,
            Optional<Duration> exhaustion)
            implements BudgetState {}

    /** The source answered, and no request was served in the period. */
    record NoData(BudgetedSlo slo) implements BudgetState {}

    /**
     * It could not be measured this time.
     *
     * @param detail why, in one line
     */
    record Unreachable(BudgetedSlo slo, String detail) implements BudgetState {}

    /**
     * It can never be measured as things are configured.
     *
     * @param detail why and what would help, in one line
     */
    record Unmeasurable(BudgetedSlo slo, String detail) implements BudgetState {}

    /** What follows from the ratios of an SLO, read over its period so far and the windows of the rows. */
    static BudgetState of(BudgetedSlo slo, BurnRateRows rows, BadRatios ratios) {
        return switch (ratios) {
            case BadRatios.Known known -> of(slo, rows, known);
            case BadRatios.Unreachable unreachable -> new Unreachable(slo, unreachable.detail());
            case BadRatios.Unmeasurable never -> new Unmeasurable(slo, never.detail());
        };
    }

    private static BudgetState of(BudgetedSlo slo, BurnRateRows rows, BadRatios.Known ratios) {
        Duration elapsed = slo.elapsed(ratios.moment());
        double badRatio = ratios.over(elapsed);
        return Double.isNaN(badRatio) ? new NoData(slo) : measured(slo, rows, ratios, badRatio, elapsed);
    }

    private static Measured measured(
            BudgetedSlo slo, BurnRateRows rows, BadRatios.Known ratios, double badRatio, Duration elapsed) {
        Instant moment = ratios.moment();
        ErrorBudget budget = slo.budgetAt(moment);
        double left = budget.left(badRatio, elapsed);
        ToDoubleFunction<Duration> burn = window -> budget.burn(ratios.over(window));
        List<RowBurn> states = rows.rows().stream()
                .map(row ->
                        new RowBurn(row, burn.applyAsDouble(row.longWindow()), burn.applyAsDouble(row.shortWindow())))
                .toList();
        Optional<Duration> exhaustion = budget.exhaustion(left, burn.applyAsDouble(rows.projectionWindow()))
                .filter(after -> slo.period().rolling()
                        || moment.plus(after).isBefore(slo.period().endOf(moment)));
        return new Measured(slo, moment, badRatio, left, known(rows, burn), states, exhaustion);
    }

    private static SortedMap<Duration, Double> known(BurnRateRows rows, ToDoubleFunction<Duration> burn) {
        SortedMap<Duration, Double> burns = new TreeMap<>();
        for (Duration window : rows.windows()) {
            double over = burn.applyAsDouble(window);
            if (!Double.isNaN(over)) {
                burns.put(window, over);
            }
        }
        return burns;
    }
}
