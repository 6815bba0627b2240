package dev.portcullis.analysis.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    static WarmUp of(CounterState before, Collection<Cutting.Cut> seen, Duration length, Instant now) {
        WarmUp warmUp = new WarmUp(before.warmingSince());
        if (!length.isZero()) {
            boolean first = before.objectives().isEmpty();
            Set<String> known = new HashSet<>();
            before.objectives().values().forEach(objective -> known.addAll(keys(objective)));
            for (Cutting.Cut cut : seen) {
                for (String pod : keys(cut.counters())) {
                    boolean warmAlready = known.contains(pod) || (first && pod.startsWith(BASELINE));
                    warmUp.look(pod, warmAlready, length, now);
                }
            }
        }
        return warmUp;
    }

    private static Set<String> keys(ObjectiveCounters counters) {
        Set<String> keys = new HashSet<>();
        counters.canary().keySet().forEach(pod -> keys.add(CANARY + pod));
        counters.baseline().keySet().forEach(pod -> keys.add(BASELINE + pod));
        return keys;
    }

    private void look(String pod, boolean warmAlready, Duration length, Instant now) {
        if (warming.contains(pod)) {
            return;
        }
        Instant started = warmAlready ? since.get(pod) : since.getOrDefault(pod, now);
        if (started == null) {
            return;
        }
        warming.add(pod);
        if (now.isBefore(started.plus(length))) {
            since.put(pod, started);
        } else {
            since.remove(pod);
        }
    }

    boolean isWarming(String pod, boolean ofCanary) {
        return warming.contains((ofCanary ? CANARY : BASELINE) + pod);
    }

    /** Pods that go on warming up, and since when. */
    Map<String, Instant> since() {
        return since;
    }
}
