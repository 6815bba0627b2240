package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import java.util.HashMap;
import java.util.Map;

/**
 * The requests of one objective by pod; of a latency, bad are those slower than its threshold.
 *
 * @param canary the canary's pods
 * @param baseline the baseline's pods
 */
public record PodCounts(Map<String, Counts> canary, Map<String, Counts> baseline) {
    /** No pod. */
    public static final PodCounts NONE = new PodCounts(Map.of(), Map.of());

    public PodCounts {
        canary = Map.copyOf(canary);
        baseline = Map.copyOf(baseline);
    }

    /** Both together, pod by pod. */
    public PodCounts plus(PodCounts more) {
        return new PodCounts(plus(canary, more.canary), plus(baseline, more.baseline));
    }

    private static Map<String, Counts> plus(Map<String, Counts> counts, Map<String, Counts> more) {
        Map<String, Counts> sum = new HashMap<>(counts);
        more.forEach((pod, added) -> sum.merge(pod, added, Counts::plus));
        return sum;
    }
}
