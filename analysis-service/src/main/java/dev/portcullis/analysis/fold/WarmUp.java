package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pods are too young to be counted: those first seen less than the warm-up ago. The baseline's pods that are there at the first
 * reading have served before and are warm. The first reading after the warm-up is the starting point of a pod.
 */
final class WarmUp {
    private static final String CANARY = "canary ";
    private static final String BASELINE = "baseline ";

    private final Map<String, Instant> since;
    private final Set<String> warming = new HashSet<>();

    private WarmUp(Map<String, Instant> since) {
        this.since = new HashMap<>(since);
    }

    /**
     * The warm-up at one reading.
     *
     * @param seen every objective read, by name, also one that cannot be counted yet
     * @param counted those of them that can
     * @param length 0 for no warm-up
     */
    static WarmUp of(
            CounterState before,
            Map<String, ? extends ObjectiveReading> seen,
            Collection<ObjectiveCounters> counted,
            Duration length,
            Instant now) {
        WarmUp warmUp = new WarmUp(before.warmingSince());
        if (!length.isZero()) {
            Set<String> warm = pods(before.objectives().values());
            warm.addAll(served(before, seen));
            for (String pod : pods(seen.values())) {
                warmUp.look(pod, warm.contains(pod), now);
            }
            // The others keep their time, or it would begin anew when they are counted.
            for (String pod : pods(counted)) {
                warmUp.since.computeIfPresent(pod, (p, first) -> now.isBefore(first.plus(length)) ? first : null);
            }
        }
        return warmUp;
    }

    /** The baseline's pods that are there when what they serve is read for the first time. */
    private static Set<String> served(CounterState before, Map<String, ? extends ObjectiveReading> seen) {
        Set<String> served = new HashSet<>();
        Set<String> joined = new HashSet<>();
        seen.forEach((objective, reading) -> {
            boolean first = !before.objectives().containsKey(objective);
            reading.baselinePods().forEach(pod -> (first ? served : joined).add(BASELINE + pod));
        });
        served.removeAll(joined);
        return served;
    }

    private static Set<String> pods(Collection<? extends ObjectiveReading> readings) {
        Set<String> pods = new HashSet<>();
        for (ObjectiveReading reading : readings) {
            reading.canaryPods().forEach(pod -> pods.add(CANARY + pod));
            reading.baselinePods().forEach(pod -> pods.add(BASELINE + pod));
        }
        return pods;
    }

    private void look(String pod, boolean warm, Instant now) {
        if (!warm) {
            since.putIfAbsent(pod, now);
        }
        if (since.containsKey(pod)) {
            warming.add(pod);
        }
    }

    boolean isWarming(String pod, boolean ofCanary) {
        return warming.contains((ofCanary ? CANARY : BASELINE) + pod);
    }

    /** Pods that go on warming up, and since when. */
    Map<String, Instant> since() {
        return since;
    }

    /** What to tell people of it; empty when no pod is warming up. */
    List<String> notes() {
        long canary = warming.stream().filter(pod -> pod.startsWith(CANARY)).count();
        return warming.isEmpty()
                ? List.of()
                : List.of("warming up and not counted yet: " + canary + " pods of the canary, "
                        + (warming.size() - canary) + " of the baseline");
    }
}
