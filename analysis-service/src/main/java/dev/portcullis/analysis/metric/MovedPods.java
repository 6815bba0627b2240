package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.metric.Checks.Doubt;
import dev.portcullis.analysis.metric.ReadingChange.Both;
import dev.portcullis.analysis.metric.ReadingChange.Consequence;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods whose series had the label of the other arm when they were read last. A process does not become another version, so the labels are wrong now or were before; what such a pod
 * served is counted for neither arm until it has stayed for some readings. An address that a new process took over is a new pod.
 */
final class MovedPods {
    /** So many readings a pod has to stay. */
    private static final int STAY = 10;

    private MovedPods() {}

    /** A pod that has moved of late. */
    static @Nullable Doubt<Consequence> moved(ReadingChange change) {
        Instant longAgo = change.now().minus(change.rules().poll().multipliedBy(STAY));
        for (Both both : change.both()) {
            for (boolean toCanary : new boolean[] {true, false}) {
                for (String pod : both.ofOneArm(toCanary)) {
                    PodCounters before = both.before(!toCanary).get(pod);
                    if (before != null
                            && isMoved(both, pod, toCanary)
                            && !isNewProcess(before, seen(both, pod, toCanary))
                            && before.lastRead().isAfter(longAgo)) {
                        return new Doubt<>(
                                told(change.rules(), pod, toCanary, before.lastRead()), Consequence.UNCOUNTED);
                    }
                }
            }
        }
        return null;
    }

    private static String told(ReadingChange.Rules rules, String pod, boolean toCanary, Instant last) {
        return "pod " + pod + " has the label of the " + (toCanary ? rules.canary() : rules.baseline())
                + " and had that of the " + (toCanary ? rules.baseline() : rules.canary()) + " at " + last
                + "; one process is one version, so nothing is counted until it has stayed for " + STAY + " readings";
    }

    /** The counters as last read, without those of pods that have moved. */
    static CounterState settled(ReadingChange change) {
        CounterState known = change.known();
        Map<String, ObjectiveCounters> objectives = new HashMap<>(known.objectives());
        change.both()
                .forEach(both -> objectives.put(
                        both.objective(),
                        new ObjectiveCounters(both.before().counted(), settled(both, true), settled(both, false))));
        return new CounterState(objectives, known.buckets(), known.warmingSince(), known.resolutions());
    }

    private static Map<String, PodCounters> settled(Both both, boolean canary) {
        Map<String, PodCounters> pods = new HashMap<>(both.before(canary));
        both.ofOneArm(canary).stream().filter(pod -> isMoved(both, pod, canary)).forEach(pods::remove);
        return pods;
    }

    private static boolean isMoved(Both both, String pod, boolean toCanary) {
        PodCounters there = both.before(!toCanary).get(pod);
        PodCounters here = both.before(toCanary).get(pod);
        return there != null && (here == null || here.lastRead().isBefore(there.lastRead()));
    }

    private static @Nullable PodCounters seen(Both both, String pod, boolean canary) {
        return both.now() instanceof ObjectiveCounters counters
                ? (canary ? counters.canary() : counters.baseline()).get(pod)
                : null;
    }

    private static boolean isNewProcess(PodCounters before, @Nullable PodCounters seen) {
        return seen != null && (ProcessCheck.isLater(before, seen) || seen.sum() < before.sum());
    }
}
