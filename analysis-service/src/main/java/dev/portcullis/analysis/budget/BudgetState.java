package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the error budget of one SLO stands. */
public sealed interface BudgetState {
    /** Whose budget it is. */
    BudgetedSlo slo();

    /**
     * It was measured.
     *
     * @param badRatio bad requests per request of the period
     * @param left the part of the budget that is left, at most 1; negative when more than all is spent
     * @param burns burn rates by window, shortest first; without windows in which no request was served
     * @param exhaustion see {@link ErrorBudget#exhaustion}
     */
    record Measured(
            BudgetedSlo slo,
            double badRatio,
            double left,
            SortedMap<Duration, Double> burns,
            Optional<Duration> exhaustion)
            implements BudgetState {}

    /** The source answered, and no request was served in the period. */
    record NoData(BudgetedSlo slo) implements BudgetState {}

    /**
     * It could not be measured.
     *
     * @param detail why, in one line
     */
    record Unreachable(BudgetedSlo slo, String detail) implements BudgetState {}

    /** What follows from the ratios of an SLO, read over its period and the windows of the rows. */
    static BudgetState of(BudgetedSlo slo, BurnRateRows rows, BadRatios.Known ratios) {
        ErrorBudget budget = slo.budget();
        double badRatio = ratios.over(budget.period());
        if (Double.isNaN(badRatio)) {
            return new NoData(slo);
        }
        SortedMap<Duration, Double> burns = new TreeMap<>();
        for (Duration window : rows.windows()) {
            double burn = budget.burn(ratios.over(window));
            if (!Double.isNaN(burn)) {
                burns.put(window, burn);
            }
        }
        double left = budget.left(badRatio);
        double now = burns.getOrDefault(rows.projectionWindow(), Double.NaN);
        return new Measured(slo, badRatio, left, burns, budget.exhaustion(left, now));
    }
}
