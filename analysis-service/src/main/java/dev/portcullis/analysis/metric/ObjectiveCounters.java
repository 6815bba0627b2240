package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * Raw cumulative counters of one objective, by pod.
 *
 * @param numerator which counter stands beside total
 * @param canary the canary's pods
 * @param baseline the baseline's pods; empty when there is none
 */
public record ObjectiveCounters(
        RatioNumerator numerator, Map<String, PodCounters> canary, Map<String, PodCounters> baseline)
        implements ObjectiveReading {
    public ObjectiveCounters {
        canary = Map.copyOf(canary);
        baseline = Map.copyOf(baseline);
    }

    /** The pods of one arm. */
    public Map<String, PodCounters> ofArm(boolean ofCanary) {
        return ofCanary ? canary : baseline;
    }
}
