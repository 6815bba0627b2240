package dev.portcullis.rollback.configuration;

import static java.util.stream.Collectors.toMap;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.Plan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parser of all policies' rollback sections, for a given registry of target kinds. Thread-safe. */
public final class RollbackTargets {
    private final PlanSection plans;

    /** @param kinds every legal kind; the order is that of error texts */
    public RollbackTargets(List<TargetKind> kinds) {
        this.plans = new PlanSection(
                kinds.stream().collect(toMap(TargetKind::name, kind -> kind, (one, other) -> one, LinkedHashMap::new)));
    }

    /**
     * Reads the plans of all services that have one; a policy without {@code spec.rollback} has none, and is legal.
     *
     * @param faults hears of everything that is not legal; the answer is of no use then
     */
    public RollbackPlans parse(List<ConfigurationDocument> documents, Faults faults) {
        Map<String, Plan> live = new HashMap<>();
        Map<String, Plan> staging = new HashMap<>();
        for (var policy : ReleasePolicyDocument.all(documents, faults)) {
            policy.rollback().ifPresent(section -> read(policy.service(), section, live, staging));
        }
        return new RollbackPlans(live, staging);
    }

    private void read(String service, YamlMapping section, Map<String, Plan> live, Map<String, Plan> staging) {
        var drill = section.mapping("staging");
        var plan = plans.read(service, section);
        plan.ifPresent(known -> {
            live.put(service, known);
            section.rejectUnknown();
        });
        drill.ifPresent(rehearsal -> plans.read(service, rehearsal).ifPresent(known -> {
            staging.put(service, known);
            rehearsal.rejectUnknown();
        }));
    }
}
