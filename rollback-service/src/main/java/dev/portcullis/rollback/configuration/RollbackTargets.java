package dev.portcullis.rollback.configuration;

import static java.util.stream.Collectors.toMap;

import dev.portcullis.kit.configuration.AskedKey;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parser of all policies' rollback sections, for a given registry of target kinds. Thread-safe. */
public final class RollbackTargets {
    private static final Duration RETRY_FOR = Duration.ofMinutes(15);
    private static final Duration VERIFY_FOR = Duration.ofMinutes(5);
    private static final Duration VERIFY_EVERY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

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
        Map<String, Plan> plans = new HashMap<>();
        for (var policy : ReleasePolicyDocument.all(documents, faults)) {
            policy.rollback().ifPresent(section -> read(policy.service(), section, plans));
        }
        return new RollbackPlans(plans);
    }

    private void read(String service, YamlMapping section, Map<String, Plan> plans) {
        section.describe("target", AskedKey.REQUIRED, "");
        if (!section.has("target")) {
            section.fault(
                    "target", section.path("target") + " is missing; legal: " + String.join(", ", kinds.keySet()));
            return;
        }
        // The other keys of a target nobody knows are not judged: only one fault is true then.
        section.choice("target", kinds.keySet()).map(kinds::get).ifPresent(kind -> {
            var target = kind.read(section.only("target: " + kind.name()));
            plans.put(service, new Plan(target, limits(section)));
            section.rejectUnknown();
        });
    }

    private static Limits limits(YamlMapping section) {
        return new Limits(
                section.duration("retryFor", RETRY_FOR, SHORTEST_LIMIT, LONGEST_LIMIT),
                section.duration("verifyFor", VERIFY_FOR, SHORTEST_LIMIT, LONGEST_LIMIT),
                section.duration("verifyEvery", VERIFY_EVERY, SHORTEST_PAUSE, LONGEST_PAUSE));
    }
}
