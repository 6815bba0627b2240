package dev.portcullis.rollback.configuration;

import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.PlanCatalog;
import java.util.Map;
import java.util.Optional;

/**
 * The plans as one reading of the configuration folder gave them. Immutable.
 *
 * @param live plans by service name
 * @param staging plans of drills against staging by service name
 */
public record RollbackPlans(Map<String, Plan> live, Map<String, Plan> staging) implements PlanCatalog {
    public RollbackPlans {
        live = Map.copyOf(live);
        staging = Map.copyOf(staging);
    }

    @Override
    public Optional<Plan> planOf(String service, Mode mode) {
        return Optional.ofNullable((mode == Mode.STAGING ? staging : live).get(service));
    }
}
