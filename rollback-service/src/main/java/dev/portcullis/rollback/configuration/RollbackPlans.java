package dev.portcullis.rollback.configuration;

import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.PlanCatalog;
import java.util.Map;
import java.util.Optional;

/**
 * The plans as one reading of the configuration folder gave them, and the clusters their targets may name. Immutable.
 *
 * @param live plans by service name
 * @param staging plans of drills against staging by service name
 * @param clusters clusters by name
 */
public record RollbackPlans(Map<String, Plan> live, Map<String, Plan> staging, Map<String, ClusterSettings> clusters)
        implements PlanCatalog {
    public RollbackPlans {
        live = Map.copyOf(live);
        staging = Map.copyOf(staging);
        clusters = Map.copyOf(clusters);
    }

    @Override
    public Optional<Plan> planOf(String service, Mode mode) {
        return Optional.ofNullable((mode == Mode.STAGING ? staging : live).get(service));
    }
}
