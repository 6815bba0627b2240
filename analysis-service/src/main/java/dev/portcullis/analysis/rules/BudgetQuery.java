package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.BudgetingMethod.Occurrences;
import dev.portcullis.analysis.slo.BudgetingMethod.Timeslices;
import java.time.Duration;

/** What the recorded rules of an SLO would say, in PromQL over the series it counts: no rule has to be loaded. */
public final class BudgetQuery {
    private BudgetQuery() {}

    /**
     * Bad requests of a window per request of it, or of an SLO of time slices bad slices per slice; without any it has no value.
     *
     * <p>Slices end where Prometheus aligns the steps of a subquery: at the epoch and so many slices after it.
     *
     * @param slo one that {@link RuleFaults} finds nothing wrong with
     * @param window whole seconds, above 0
     */
    public static String badRatio(BudgetedSlo slo, Duration window) {
        BadRatio requests = BadRatio.of(slo.indicator());
        return switch (slo.budgetingMethod()) {
            case Occurrences all -> requests.over(window);
            case Timeslices slices -> TimeSlice.badAmong(requests, slices, window);
        };
    }
}
