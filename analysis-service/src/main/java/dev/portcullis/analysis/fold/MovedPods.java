package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.fold.ReadingChange.ObjectiveChange;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
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
        for (ObjectiveChange objectiveChange : change.both()) {
            for (boolean toCanary : new boolean[] {true, false}) {
                for (String pod : objectiveChange.ofOneArm(toCanary)) {
                    PodCounters before = objectiveChange.before(!toCanary).get(pod);
                    if (before != null
                            && isMoved(objectiveChange, pod, toCanary)
                            && !isNewProcess(before, seen(objectiveChange, pod, toCanary))
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
                .forEach(objectiveChange -> objectives.put(
                        objectiveChange.objective(),
                        new ObjectiveCounters(
                                objectiveChange.before().numerator(),
                                settled(objectiveChange, true),
                                settled(objectiveChange, false))));
        return new CounterState(objectives, known.buckets(), known.warmingSince(), known.resolutions(), known.lost());
    }

    private static Map<String, PodCounters> settled(ObjectiveChange objectiveChange, boolean canary) {
        Map<String, PodCounters> pods = new HashMap<>(objectiveChange.before(canary));
        objectiveChange.ofOneArm(canary).stream()
                .filter(pod -> isMoved(objectiveChange, pod, canary))
                .forEach(pods::remove);
        return pods;
    }

    private static boolean isMoved(ObjectiveChange objectiveChange, String pod, boolean toCanary) {
        PodCounters there = objectiveChange.before(!toCanary).get(pod);
        PodCounters here = objectiveChange.before(toCanary).get(pod);
        return there != null && (here == null || here.lastRead().isBefore(there.lastRead()));
    }

    private static @Nullable PodCounters seen(ObjectiveChange objectiveChange, String pod, boolean canary) {
        return objectiveChange.now() instanceof ObjectiveCounters counters
                ? counters.ofArm(canary).get(pod)
                : null;
    }

    private static boolean isNewProcess(PodCounters before, @Nullable PodCounters seen) {
        return seen != null && (ProcessCheck.isLater(before, seen) || seen.sum() < before.sum());
    }
}
