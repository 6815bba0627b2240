package dev.portcullis.analysis.slo;

import java.util.List;

/**
 * All that is needed to judge a release of one service. An analysis keeps the copy it began with.
 *
 * @param service e.g. "checkout"
 * @param armLabel the label whose value tells canary from stable, e.g. "rollouts_pod_template_hash"
 * @param objectives in the order of the policy, at least one, names unique
 * @param settings rhythm and strictness
 */
public record ServiceObjectives(
        String service, String armLabel, List<Objective> objectives, AnalysisSettings settings) {
    public ServiceObjectives {
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("service '" + service + "' has no objective");
        }
    }

    /** The same objectives with other settings. */
    public ServiceObjectives withSettings(AnalysisSettings other) {
        return new ServiceObjectives(service, armLabel, objectives, other);
    }
}
