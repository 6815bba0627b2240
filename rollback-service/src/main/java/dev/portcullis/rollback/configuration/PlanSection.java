package dev.portcullis.rollback.configuration;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The reader of one plan: a target, or a chain of them, and how long each is given. Stateless. */
record PlanSection(Map<String, TargetKind> kinds, Set<String> clusters) {
    private static final String CLUSTER = "cluster";
    private static final Duration RETRY_FOR = Duration.ofMinutes(15);
    private static final Duration CONFIRM_FOR = Duration.ofMinutes(5);
    private static final Duration CONFIRM_EVERY = Duration.ofSeconds(1);
    private static final Duration TRAFFIC_BACK_WITHIN = Duration.ofSeconds(60);
    private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(15);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_RECOVERY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RECOVERY = Duration.ofHours(6);

    /** The plan; of no use when a fault was recorded, and empty when no target is known. */
    Optional<Plan> read(String service, YamlMapping section) {
        var stages = stages(service, section);
        var recovery = recovery(section.optionalMapping("recovery"));
        var limits = limits(section);
        return stages.isEmpty() ? Optional.empty() : Optional.of(new Plan(stages, recovery, limits));
    }

    private List<Stage> stages(String service, YamlMapping section) {
        section.describe("target", "", "one of target and steps");
        var steps = section.mappings("steps");
        if (section.has("target") == section.has("steps")) {
            section.fault(
                    section.has("steps") ? "steps" : "target",
                    section.path("target") + (section.has("steps") ? " stands beside steps" : " is missing")
                            + "; legal: one of target and steps, a target being one of "
                            + String.join(", ", kinds.keySet()));
            return List.of();
        }
        if (section.has("steps") && steps.isEmpty()) {
            section.fault("steps", section.path("steps") + " is empty; legal: one target or more");
        }
        return section.has("target")
                ? stage(service, section).stream().toList()
                : steps.stream().flatMap(step -> closed(service, step).stream()).toList();
    }

    /** A step of a chain has no keys but its target's, and whether the chain may do without it. */
    private Optional<Stage> closed(String service, YamlMapping step) {
        step.describe("target", KeyDescription.REQUIRED, "");
        if (!step.has("target")) {
            step.fault("target", step.path("target") + " is missing; legal: " + String.join(", ", kinds.keySet()));
            return Optional.empty();
        }
        var optional = step.flag("optional", false);
        var stage = stage(service, step).map(known -> new Stage(known.target(), known.routesTraffic(), optional));
        stage.ifPresent(known -> step.rejectUnknown());
        return stage;
    }

    /** The other keys of a target nobody knows are not judged: only one fault is true then. */
    private Optional<Stage> stage(String service, YamlMapping section) {
        return section.choice("target", kinds.keySet()).map(kinds::get).map(kind -> {
            var target = kind.read(service, section.only("target: " + kind.name()));
            requireKnownCluster(section, target);
            return new Stage(target, kind.routesTraffic(), false);
        });
    }

    private void requireKnownCluster(YamlMapping section, TargetSettings target) {
        var named = target.values().getOrDefault(CLUSTER, ClusterSettings.DEFAULT);
        if (target.values().containsKey(CLUSTER)
                && !clusters.contains(named)
                && !named.equals(ClusterSettings.DEFAULT)) {
            var legal = new TreeSet<>(clusters);
            legal.add(ClusterSettings.DEFAULT);
            section.fault(
                    CLUSTER,
                    section.path(CLUSTER) + " is '" + named
                            + "', and no document of kind Cluster has that name; legal: " + String.join(", ", legal));
        }
    }

    private static Recovery recovery(YamlMapping section) {
        var recovery = new Recovery(
                section.flag("check", true),
                section.duration("within", RECOVERED_WITHIN, SHORTEST_RECOVERY, LONGEST_RECOVERY),
                section.choice("withoutProof", "needs-human", List.of("needs-human", "accept"))
                                .equals("accept")
                        ? WithoutProof.ACCEPT
                        : WithoutProof.NEEDS_HUMAN);
        section.rejectUnknown();
        return recovery;
    }

    private static Limits limits(YamlMapping section) {
        return new Limits(
                section.duration("retryFor", RETRY_FOR, SHORTEST_LIMIT, LONGEST_LIMIT),
                section.duration("confirmFor", CONFIRM_FOR, SHORTEST_LIMIT, LONGEST_LIMIT),
                section.duration("confirmEvery", CONFIRM_EVERY, SHORTEST_PAUSE, LONGEST_PAUSE),
                section.duration("trafficBackWithin", TRAFFIC_BACK_WITHIN, SHORTEST_LIMIT, LONGEST_LIMIT));
    }
}
