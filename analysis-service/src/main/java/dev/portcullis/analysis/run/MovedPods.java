package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pods whose series had the label of the other arm when they were read last. A process does not become another version, so the labels are wrong now or were before; what such a pod
 * served is counted for neither arm until it has stayed for some readings. An address that a new process took over is a new pod.
 */
final class MovedPods {
    /** So many readings a pod has to stay. */
    private static final int STAY = 10;

    /** A start time that is computed anew with every page differs by so many seconds. */
    private static final double SAME_START = 2;

    /** Series without a label that names a pod may be of any. */
    private static final String NO_POD = "{}";

    private final CounterState known;
    private final MeterReading.Counters reading;
    private final RunPlan plan;

    MovedPods(CounterState known, MeterReading.Counters reading, RunPlan plan) {
        this.known = known;
        this.reading = reading;
        this.plan = plan;
    }

    /** Why nothing can be counted at a moment; null when no pod has moved of late. */
    @Nullable
    Measuring fault(Instant now) {
        var stay = plan.settings().rhythm().poll().multipliedBy(STAY);
        for (var objective : new TreeMap<>(known.objectives()).entrySet()) {
            var seen = reading.objectives().get(objective.getKey());
            for (boolean toCanary : new boolean[] {true, false}) {
                for (String pod : seen == null ? new TreeSet<String>() : pods(seen, toCanary)) {
                    var before = other(objective.getValue(), toCanary).get(pod);
                    if (before != null
                            && isMoved(objective.getValue(), pod, toCanary)
                            && !isNewProcess(before, counters(seen, toCanary).get(pod))
                            && Duration.between(read(before), now).compareTo(stay) < 0) {
                        return Measuring.unreachable(told(pod, toCanary, read(before)));
                    }
                }
            }
        }
        return null;
    }

    private String told(String pod, boolean toCanary, Instant last) {
        var canary = plan.purpose().subject();
        return "pod " + pod + " has the label of the " + (toCanary ? canary : plan.baselineName())
                + " and had that of the "
                + (toCanary ? plan.baselineName() : canary) + " at " + last
                + "; one process is one version, so nothing is counted until it has stayed for " + STAY + " readings";
    }

    /** The counters as last read, without those of pods that have moved: what they served as the other arm is none of this one's. */
    CounterState settled() {
        Map<String, ObjectiveCounters> objectives = new HashMap<>();
        known.objectives().forEach((name, before) -> {
            var seen = reading.objectives().get(name);
            objectives.put(name, seen == null ? before : settled(before, seen));
        });
        return new CounterState(objectives, known.buckets(), known.warmingSince(), known.resolutions());
    }

    private static ObjectiveCounters settled(ObjectiveCounters before, ObjectiveReading seen) {
        Map<String, PodCounters> canary = new HashMap<>(before.canary());
        Map<String, PodCounters> baseline = new HashMap<>(before.baseline());
        canary.keySet().removeIf(pod -> pods(seen, true).contains(pod) && isMoved(before, pod, true));
        baseline.keySet().removeIf(pod -> pods(seen, false).contains(pod) && isMoved(before, pod, false));
        return new ObjectiveCounters(before.counted(), canary, baseline);
    }

    /** Those of an arm that are not of both, as a proxy in front of both is. */
    private static TreeSet<String> pods(ObjectiveReading seen, boolean ofCanary) {
        var pods = new TreeSet<>(ofCanary ? seen.canaryPods() : seen.baselinePods());
        pods.removeAll(ofCanary ? seen.baselinePods() : seen.canaryPods());
        pods.remove(NO_POD);
        return pods;
    }

    private static Map<String, PodCounters> other(ObjectiveCounters before, boolean toCanary) {
        return toCanary ? before.baseline() : before.canary();
    }

    private static Map<String, PodCounters> counters(@Nullable ObjectiveReading seen, boolean ofCanary) {
        return seen instanceof ObjectiveCounters counters
                ? (ofCanary ? counters.canary() : counters.baseline())
                : Map.of();
    }

    private static boolean isMoved(ObjectiveCounters before, String pod, boolean toCanary) {
        var there = other(before, toCanary).get(pod);
        var here = other(before, !toCanary).get(pod);
        return there != null && (here == null || read(here).isBefore(read(there)));
    }

    private static boolean isNewProcess(PodCounters before, @Nullable PodCounters seen) {
        return seen != null
                && (before.processStart() > 0 && seen.processStart() > before.processStart() + SAME_START
                        || sum(seen) < sum(before));
    }

    private static double sum(PodCounters pod) {
        return pod.total().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Instant read(PodCounters pod) {
        var history = pod.history();
        return Instant.ofEpochMilli(history == null ? 0 : history.readMillis());
    }
}
