package dev.portcullis.rollback.configuration;

import static java.util.stream.Collectors.toMap;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterDocuments;
import dev.portcullis.rollback.plan.Plan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parser of all policies' rollback sections, for a given registry of target kinds. Thread-safe. */
public final class RollbackTargets {
    private final Map<String, TargetKind> kinds;

    /** @param kinds every legal kind; the order is that of error texts */
    public RollbackTargets(List<TargetKind> kinds) {
        this.kinds =
                kinds.stream().collect(toMap(TargetKind::name, kind -> kind, (one, other) -> one, LinkedHashMap::new));
    }

    /**
     * Reads the plans of all services that have one; a policy without {@code spec.rollback} has none, and is legal.
     *
     * @param faults hears of everything that is not legal; the answer is of no use then
     */
    public RollbackPlans parse(List<ConfigurationDocument> documents, Faults faults) {
        var clusters = ClusterDocuments.parse(documents, faults);
        var reader = new PlanSection(kinds, clusters.keySet());
        Map<String, Plan> live = new HashMap<>();
        Map<String, Plan> staging = new HashMap<>();
        for (var policy : ReleasePolicyDocument.all(documents, faults)) {
            policy.rollback().ifPresent(section -> {
                var drill = section.mapping("staging");
                read(reader, policy.service(), section, live);
                drill.ifPresent(rehearsal -> read(reader, policy.service(), rehearsal, staging));
            });
        }
        return new RollbackPlans(live, staging, clusters);
    }

    private static void read(PlanSection reader, String service, YamlMapping section, Map<String, Plan> plans) {
        reader.read(service, section).ifPresent(plan -> {
            plans.put(service, plan);
            section.rejectUnknown();
        });
    }
}
