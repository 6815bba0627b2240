package dev.portcullis.analysis.slo;

import java.time.Duration;
import java.util.List;

/**
 * All that is needed to judge a release of one service. An analysis keeps the copy it began with.
 *
 * @param service e.g. "checkout"
 * @param armLabel the label whose value tells canary from stable, e.g. "rollouts_pod_template_hash"
 * @param baseline what the canary is compared with
 * @param objectives in the order of the policy, at least one, names unique
 * @param settings rhythm and strictness
 */
public record ServiceObjectives(
        String service,
        String armLabel,
        BaselineChoice baseline,
        List<Objective> objectives,
        AnalysisSettings settings) {
    public ServiceObjectives {
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("service '" + service + "' has no objective");
        }
    }

    /** Objectives of a canary that is compared with the stable version. */
    public ServiceObjectives(String service, String armLabel, List<Objective> objectives, AnalysisSettings settings) {
        this(service, armLabel, BaselineChoice.STABLE, objectives, settings);
    }

    /** The same objectives, held against nothing but their SLOs, to show a recovery in this time. */
    public ServiceObjectives ofRecovery(Duration within) {
        return new ServiceObjectives(service, armLabel, BaselineChoice.STABLE, objectives, settings.ofRecovery(within));
    }

    /** The same objectives with other settings. */
    public ServiceObjectives withSettings(AnalysisSettings other) {
        return new ServiceObjectives(service, armLabel, baseline, objectives, other);
    }
}
