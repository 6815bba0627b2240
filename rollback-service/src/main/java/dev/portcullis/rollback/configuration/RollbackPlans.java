package dev.portcullis.rollback.configuration;

import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.PlanCatalog;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The plans as one reading of the configuration folder gave them, and the clusters their targets may name. Immutable.
 *
 * @param live plans by service name
 * @param staging plans of drills against staging by service name
 * @param clusters clusters by name
 */
public record RollbackPlans(Map<String, Plan> live, Map<String, Plan> staging, Map<String, ClusterSettings> clusters)
        implements PlanCatalog {
    /** The setting of every target that acts on a cluster. */
    private static final String CLUSTER = "cluster";

    public RollbackPlans {
        live = Map.copyOf(live);
        staging = Map.copyOf(staging);
        clusters = Map.copyOf(clusters);
    }

    /** The names of all clusters there are: those described, and those that targets name or mean. */
    public Set<String> clusterNames() {
        Set<String> names = new TreeSet<>(clusters.keySet());
        Stream.concat(live.values().stream(), staging.values().stream())
                .flatMap(plan -> plan.stages().stream())
                .map(stage -> stage.target().values().get(CLUSTER))
                .filter(Objects::nonNull)
                .forEach(names::add);
        return names;
    }

    @Override
    public Optional<Plan> planOf(String service, Mode mode) {
        return Optional.ofNullable((mode == Mode.STAGING ? staging : live).get(service));
    }
}
