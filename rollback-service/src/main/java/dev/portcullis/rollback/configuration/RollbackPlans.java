package dev.portcullis.rollback.configuration;

import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.PlanCatalog;
import java.util.Map;
import java.util.Optional;

/**
 * The plans as one reading of the configuration folder gave them. Immutable.
 *
 * @param byService plans by service name
 */
public record RollbackPlans(Map<String, Plan> byService) implements PlanCatalog {
    public RollbackPlans {
        byService = Map.copyOf(byService);
    }

    @Override
    public Optional<Plan> planOf(String service) {
        return Optional.ofNullable(byService.get(service));
    }
}
