package dev.portcullis.analysis.budget;

import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An SLO as its document declares it, whether or not a policy names it.
 *
 * @param place file and line of the document, for messages: "checkout.yaml:1"
 * @param name e.g. "checkout-availability"
 * @param service e.g. "checkout"
 * @param target promised ratio of good requests, or of good slices of time, in (0, 1)
 * @param period over which it is promised
 * @param indicator how good and bad are counted
 * @param promQl whether its source is asked in PromQL
 * @param budgetingMethod whether requests or slices of time have to be good
 * @param ownRows when somebody is told, as its alert policies say; null when they say nothing
 */
public record BudgetedSlo(
        String place,
        String name,
        String service,
        double target,
        SloPeriod period,
        Indicator indicator,
        boolean promQl,
        BudgetingMethod budgetingMethod,
        @Nullable BurnRateRows ownRows) {
    /** An SLO whose requests are counted, whenever they came, and that says nothing of alerts. */
    public BudgetedSlo(
            String place,
            String name,
            String service,
            double target,
            SloPeriod period,
            Indicator indicator,
            boolean promQl) {
        this(place, name, service, target, period, indicator, promQl, BudgetingMethod.OCCURRENCES, null);
    }

    /** What it allows, by the name of its period: for rules and factors. */
    public ErrorBudget budget() {
        return ErrorBudget.of(target, period.length());
    }

    /** What it allows in the period that a moment is in. */
    public ErrorBudget budgetAt(Instant moment) {
        return ErrorBudget.of(target, period.lengthAt(moment));
    }

    /** How much of its period is over at a moment: of a rolling one all. */
    public Duration elapsed(Instant moment) {
        return Duration.between(period.startOf(moment), moment);
    }

    /**
     * The rows it is alerted by: its own where it has some.
     *
     * @param usual what was chosen for all SLOs
     */
    public BurnRateChoice rowsOr(BurnRateChoice usual) {
        return ownRows == null ? usual : ownRows;
    }
}
