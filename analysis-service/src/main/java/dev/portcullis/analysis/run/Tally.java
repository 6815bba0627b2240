package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.HashMap;
import java.util.Map;

/** Sums of counts by objective. */
final class Tally {
    private Tally() {}

    /** Both together, objective by objective. */
    static Map<String, ArmCounts> plus(Map<String, ArmCounts> counts, Map<String, ArmCounts> more) {
        var sum = new HashMap<>(counts);
        more.forEach((objective, added) -> sum.merge(objective, added, ArmCounts::plus));
        return Map.copyOf(sum);
    }

    /** Whether any objective counted a request of the canary. */
    static boolean anyOfCanary(Map<String, ArmCounts> counts) {
        return counts.values().stream().anyMatch(c -> c.canary().total() > 0);
    }
}
