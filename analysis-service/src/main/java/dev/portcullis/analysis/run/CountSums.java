package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.HashMap;
import java.util.Map;

/** Sums of counts. */
final class CountSums {
    private CountSums() {}

    /** Both together, objective by objective. */
    static Map<String, Observation> plus(Map<String, Observation> counts, Map<String, Observation> more) {
        var sum = new HashMap<>(counts);
        more.forEach((objective, added) -> sum.merge(objective, added, Observation::plus));
        return Map.copyOf(sum);
    }

    /** Both together, objective by objective and pod by pod. */
    static Map<String, Map<String, Counts>> ofPods(
            Map<String, Map<String, Counts>> counts, Map<String, Map<String, Counts>> more) {
        var sum = new HashMap<>(counts);
        more.forEach((objective, added) -> sum.merge(objective, added, CountSums::byPod));
        return Map.copyOf(sum);
    }

    private static Map<String, Counts> byPod(Map<String, Counts> counts, Map<String, Counts> more) {
        var sum = new HashMap<>(counts);
        more.forEach((pod, added) -> sum.merge(pod, added, Counts::plus));
        return Map.copyOf(sum);
    }

    /** Whether any objective counted a request of the canary. */
    static boolean anyOfCanary(Map<String, Observation> counts) {
        return counts.values().stream().anyMatch(c -> c.at(0).canary().total() > 0);
    }
}
