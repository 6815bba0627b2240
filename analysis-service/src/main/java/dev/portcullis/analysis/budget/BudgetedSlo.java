package dev.portcullis.analysis.budget;

import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.SloPeriod;

/**
 * An SLO as its document declares it, whether or not a policy names it.
 *
 * @param place file and line of the document, for messages: "checkout.yaml:1"
 * @param name e.g. "checkout-availability"
 * @param service e.g. "checkout"
 * @param target promised ratio of good requests, in (0, 1)
 * @param period over which it is promised
 * @param indicator how good and bad are counted
 * @param promQl whether its source is asked in PromQL
 */
public record BudgetedSlo(
        String place,
        String name,
        String service,
        double target,
        SloPeriod period,
        Indicator indicator,
        boolean promQl) {
    /** What it allows. */
    public ErrorBudget budget() {
        return ErrorBudget.of(target, period.length());
    }
}
