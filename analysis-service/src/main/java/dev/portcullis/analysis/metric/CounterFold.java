package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The difference of two readings, taken pod by pod, as counts: never negative, nothing counted twice.
 *
 * <p>A pod seen for the first time is a starting point, and so it is as long as it warms up. A series that appears in a known pod
 * counts from 0, since counters are often made with the first event. When any series of a pod is below its last value, the process
 * was restarted, and all its series count from 0. What is not seen keeps its last value, so that the next difference covers the time
 * in between. Pure; used for one reading.
 */
public final class CounterFold {
    private record Arm(List<Counts> sums, Map<String, Counts> pods, Map<String, PodCounters> state) {}

    private final CounterState before;
    private final WarmUp warmUp;
    private final Map<String, Observation> increments = new HashMap<>();
    private final Map<String, PodCounts> pods = new HashMap<>();
    private final Map<String, ObjectiveCounters> state;

    private CounterFold(CounterState before, WarmUp warmUp) {
        this.before = before;
        this.warmUp = warmUp;
        this.state = new HashMap<>(before.objectives());
    }

    /**
     * The requests since {@code before}; all zero when nothing was seen before.
     *
     * @param now when the reading was taken
     */
    public static Folded fold(CounterState before, MeterReading.Counters reading, FoldRules rules, Instant now) {
        Cutting cutting = Cutting.of(reading, before.buckets(), rules);
        List<ObjectiveCounters> counted =
                cutting.cuts().values().stream().map(Cutting.Cut::counters).toList();
        CounterFold fold =
                new CounterFold(before, WarmUp.of(before, reading.objectives(), counted, rules.warmUp(), now));
        cutting.cuts().forEach(fold::add);
        List<String> notes = new ArrayList<>(fold.warmUp.notes());
        notes.addAll(reading.notes());
        notes.addAll(cutting.notes());
        CounterState after = new CounterState(fold.state, cutting.buckets(), fold.warmUp.since());
        return new Folded(fold.increments, fold.pods, after, cutting.faults(), notes);
    }

    private void add(String name, Cutting.Cut cut) {
        Counted counted = cut.counters().counted();
        ObjectiveCounters last =
                before.objectives().getOrDefault(name, new ObjectiveCounters(counted, Map.of(), Map.of()));
        Arm canary = fold(cut, last.canary(), cut.counters().canary(), true);
        Arm baseline = fold(cut, last.baseline(), cut.counters().baseline(), false);
        increments.put(name, observation(canary.sums, baseline.sums));
        pods.put(name, new PodCounts(canary.pods, baseline.pods));
        state.put(name, new ObjectiveCounters(counted, canary.state, baseline.state));
    }

    private static Observation observation(List<Counts> canary, List<Counts> baseline) {
        List<ArmCounts> cuts = new ArrayList<>();
        for (int i = 0; i < canary.size(); i++) {
            cuts.add(new ArmCounts(canary.get(i), baseline.get(i)));
        }
        return new Observation(cuts);
    }

    private Arm fold(Cutting.Cut cut, Map<String, PodCounters> last, Map<String, PodCounters> seen, boolean ofCanary) {
        List<Counts> sums = Collections.nCopies(cut.number(), Counts.NONE);
        Map<String, Counts> byPod = new HashMap<>();
        Map<String, PodCounters> after = new HashMap<>(last);
        // In the order of names: sums of fractions depend on the order, and the same input is to give the same bits.
        for (Map.Entry<String, PodCounters> pod : new TreeMap<>(seen).entrySet()) {
            PodFold fold = warmUp.isWarming(pod.getKey(), ofCanary)
                    ? PodFold.startingPoint(pod.getValue())
                    : PodFold.of(cut.counters().counted(), last.get(pod.getKey()), pod.getValue());
            sums = plus(sums, fold.counts());
            byPod.put(pod.getKey(), fold.counts().get(cut.fail()));
            after.put(pod.getKey(), fold.state());
        }
        return new Arm(sums, byPod, after);
    }

    private static List<Counts> plus(List<Counts> sums, List<Counts> more) {
        List<Counts> both = new ArrayList<>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            both.add(sums.get(i).plus(more.get(i)));
        }
        return both;
    }
}
