package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The difference of two readings, taken pod by pod, as counts: never negative, nothing counted twice.
 *
 * <p>A pod seen for the first time is a starting point. A series that appears in a known pod counts from 0, since counters are often
 * made with the first event. When any series of a pod is below its last value, the process was restarted, and all its series count
 * from 0. What is not seen keeps its last value, so that the next difference covers the time in between. Pure; thread-safe.
 */
public final class CounterFold {
    private CounterFold() {}

    /** The requests since {@code before}; all zero when nothing was seen before. */
    public static Folded fold(CounterState before, MeterReading.Counters now) {
        Map<String, ArmCounts> increments = new HashMap<>();
        Map<String, ObjectiveCounters> state = new HashMap<>(before.objectives());
        now.objectives().forEach((name, seen) -> {
            ObjectiveCounters last = before.objectives().getOrDefault(name, nothing(seen.counted()));
            Arm canary = Arm.fold(seen.counted(), last.canary(), seen.canary());
            Arm baseline = Arm.fold(seen.counted(), last.baseline(), seen.baseline());
            increments.put(name, new ArmCounts(canary.counts, baseline.counts));
            state.put(name, new ObjectiveCounters(seen.counted(), canary.state, baseline.state));
        });
        return new Folded(increments, new CounterState(state));
    }

    private static ObjectiveCounters nothing(Counted counted) {
        return new ObjectiveCounters(counted, Map.of(), Map.of());
    }

    private record Arm(Counts counts, Map<String, PodCounters> state) {
        static Arm fold(Counted counted, Map<String, PodCounters> last, Map<String, PodCounters> seen) {
            Counts sum = Counts.NONE;
            Map<String, PodCounters> state = new HashMap<>(last);
            // In the order of names: sums of fractions depend on the order, and the same input is to give the same
            // bits.
            for (Map.Entry<String, PodCounters> pod : new TreeMap<>(seen).entrySet()) {
                PodFold fold = PodFold.of(counted, last.get(pod.getKey()), pod.getValue());
                sum = sum.plus(fold.counts());
                state.put(pod.getKey(), fold.state());
            }
            return new Arm(sum, state);
        }
    }
}
