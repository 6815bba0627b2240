package dev.portcullis.analysis.metric;

import java.util.Map;
import java.util.stream.Stream;

/**
 * Raw cumulative counters of one objective, by pod.
 *
 * @param counted which counter stands beside total; says what it means when a pod has neither good nor bad series
 * @param canary the canary's pods
 * @param baseline the baseline's pods; empty when there is none
 */
public record ObjectiveCounters(Counted counted, Map<String, PodCounters> canary, Map<String, PodCounters> baseline) {
    public ObjectiveCounters {
        canary = Map.copyOf(canary);
        baseline = Map.copyOf(baseline);
    }

    /** As above, where the series themselves tell what is counted: good when any pod has a good series. */
    public ObjectiveCounters(Map<String, PodCounters> canary, Map<String, PodCounters> baseline) {
        this(anyGood(canary, baseline) ? Counted.GOOD : Counted.BAD, canary, baseline);
    }

    private static boolean anyGood(Map<String, PodCounters> canary, Map<String, PodCounters> baseline) {
        return Stream.concat(canary.values().stream(), baseline.values().stream())
                .anyMatch(pod -> !pod.good().isEmpty());
    }
}
