package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.SloPeriod;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An SLO document; what is empty was faulty.
 *
 * @param place file and line, for messages about it elsewhere
 * @param service the service it is an SLO of; empty text after a fault
 * @param target promised ratio of good requests, or of good slices of time
 * @param budgetingMethod which of the two
 * @param period over which it is promised; of the error budget, and no concern of a release
 * @param indicator how good and bad are counted
 * @param rows when somebody is told that the budget burns; empty when the SLO has no alert policy, or after a fault
 */
record DeclaredSlo(
        String place,
        String service,
        OptionalDouble target,
        BudgetingMethod budgetingMethod,
        SloPeriod period,
        Optional<Indicator> indicator,
        Optional<BurnRateRows> rows) {
    /** The same under its name, for the error budget; empty after a fault. */
    Optional<BudgetedSlo> budgeted(String name, DeclaredSources sources) {
        return service.isEmpty() || target.isEmpty()
                ? Optional.empty()
                : indicator.map(how -> new BudgetedSlo(
                        place,
                        name,
                        service,
                        target.getAsDouble(),
                        period,
                        how,
                        sources.speaksPromQl(how.source()),
                        budgetingMethod,
                        rows.orElse(null)));
    }

    /** The ratio of good requests that a release is held against; empty after a fault. */
    OptionalDouble requestTarget() {
        return target.isEmpty() ? target : OptionalDouble.of(budgetingMethod.requestTarget(target.getAsDouble()));
    }
}
