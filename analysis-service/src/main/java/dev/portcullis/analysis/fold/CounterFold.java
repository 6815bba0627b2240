package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import dev.portcullis.analysis.query.Arm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The difference of two readings, taken pod by pod, as counts: never negative, nothing counted twice.
 *
 * <p>A pod seen for the first time is a starting point, and so it is as long as it warms up. A series that appears in a known pod
 * counts from 0, since counters are often made with the first event, unless its pod {@link PlausibleGrowth cannot have served} so much. When any series of a pod is
 * below its last value, the process was restarted, and all its series count from 0, unless {@link ProcessCheck that is not to be
 * believed}. One that tells a later start though nothing fell is a new starting point. A {@link VanishedSeries series that leaves} a pod that goes on is a fault. A pod that is not seen keeps its last values, so that the next difference covers the time in
 * between; so does what is in a reading with a fault, of which nothing is counted. Pure; used for one reading.
 */
public final class CounterFold {
    private static final int MOST_FAULTS = 3;

    /** @param kept the state if there is any fault */
    private record Arm(
            List<Counts> sums,
            Map<String, Counts> pods,
            Map<String, PodCounters> state,
            Map<String, PodCounters> kept) {}

    private final CounterState before;
    private final WarmUp warmUp;
    private final Instant now;
    private final List<String> faults = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, Observation> increments = new HashMap<>();
    private final Map<String, PodCounts> pods = new HashMap<>();
    private final Map<String, ObjectiveCounters> state;
    private final Map<String, ObjectiveCounters> kept;

    private CounterFold(CounterState before, WarmUp warmUp, Instant now) {
        this.before = before;
        this.warmUp = warmUp;
        this.now = now;
        this.state = new HashMap<>(before.objectives());
        this.kept = new HashMap<>(before.objectives());
    }

    /**
     * The requests since {@code before}; all zero when nothing was seen before.
     *
     * @param now when the reading was taken
     */
    public static FoldResult fold(CounterState before, CounterReading.Counters reading, FoldRules rules, Instant now) {
        CutReading cut = CutReading.of(reading, before.buckets(), rules);
        List<ObjectiveCounters> counted =
                cut.cuts().values().stream().map(CutReading.Cut::counters).toList();
        CounterFold fold =
                new CounterFold(before, WarmUp.of(before, reading.objectives(), counted, rules.warmUp(), now), now);
        fold.faults.addAll(reading.faults());
        fold.faults.addAll(cut.faults());
        // In the order of names: faults are to be the same lines for the same reading.
        new TreeMap<>(cut.cuts()).forEach(fold::add);
        CoarseCounters coarse = CoarseCounters.of(before, cut.cuts(), fold.increments);
        fold.faults.addAll(coarse.faults());
        List<String> notes = new ArrayList<>(fold.warmUp.notes());
        notes.addAll(reading.notes());
        notes.addAll(cut.notes());
        notes.addAll(few(fold.leftOut));
        CounterState after = fold.faults.isEmpty()
                ? new CounterState(fold.state, cut.buckets(), fold.warmUp.since(), coarse.resolutions())
                : new CounterState(fold.kept, before.buckets(), before.warmingSince(), coarse.resolutions());
        return new FoldResult(fold.increments, fold.pods, after, few(fold.faults), few(fold.waiting), notes);
    }

    /** Where everything is faulty, a few lines tell why. */
    private static List<String> few(List<String> faults) {
        if (faults.size() <= MOST_FAULTS) {
            return faults;
        }
        List<String> few = new ArrayList<>(faults.subList(0, MOST_FAULTS));
        few.add("and " + (faults.size() - MOST_FAULTS) + " more");
        return few;
    }

    private void add(String name, CutReading.Cut cut) {
        RatioNumerator numerator = cut.counters().numerator();
        ObjectiveCounters last =
                before.objectives().getOrDefault(name, new ObjectiveCounters(numerator, Map.of(), Map.of()));
        Arm canary = fold(name, cut, last.canary(), cut.counters().canary(), true);
        Arm baseline = fold(name, cut, last.baseline(), cut.counters().baseline(), false);
        increments.put(name, observation(canary.sums, baseline.sums));
        pods.put(name, new PodCounts(canary.pods, baseline.pods));
        state.put(name, new ObjectiveCounters(numerator, canary.state, baseline.state));
        if (before.objectives().containsKey(name)) {
            kept.put(name, new ObjectiveCounters(numerator, canary.kept, baseline.kept));
        }
    }

    private static Observation observation(List<Counts> canary, List<Counts> baseline) {
        List<ArmCounts> cuts = new ArrayList<>();
        for (int i = 0; i < canary.size(); i++) {
            cuts.add(new ArmCounts(canary.get(i), baseline.get(i)));
        }
        return new Observation(cuts);
    }

    private Arm fold(
            String objective,
            CutReading.Cut cut,
            Map<String, PodCounters> last,
            Map<String, PodCounters> seen,
            boolean ofCanary) {
        List<Counts> sums = Collections.nCopies(cut.number(), Counts.NONE);
        Map<String, Counts> byPod = new HashMap<>();
        Map<String, PodCounters> after = new HashMap<>(last);
        Map<String, PodCounters> withFaults = new HashMap<>(last);
        // In the order of names: sums of fractions depend on the order, and the same input is to give the same bits.
        for (Map.Entry<String, PodCounters> pod : new TreeMap<>(seen).entrySet()) {
            PodFold fold = warmUp.isWarming(pod.getKey(), ofCanary)
                    ? PodFold.warming(last.get(pod.getKey()), pod.getValue(), now)
                    : PodFold.of(cut.counters().numerator(), last.get(pod.getKey()), pod.getValue(), now);
            if (fold.fault() != null || fold.waits()) {
                withFaults.put(pod.getKey(), fold.state());
            }
            tell(fold, what -> told(objective, pod.getKey(), ofCanary, what));
            sums = plus(sums, fold.counts());
            byPod.put(pod.getKey(), fold.counts().get(cut.fail()));
            after.put(pod.getKey(), fold.state());
        }
        new TreeMap<>(last).forEach((pod, counters) -> {
            if (!seen.containsKey(pod)) {
                PodFold fold = PodFold.absent(counters);
                tell(fold, what -> told(objective, pod, ofCanary, what));
                after.put(pod, fold.state());
                withFaults.put(pod, fold.state());
            }
        });
        return new Arm(sums, byPod, after, withFaults);
    }

    private void tell(PodFold fold, UnaryOperator<String> told) {
        if (fold.fault() != null) {
            faults.add(told.apply(fold.fault()));
        } else if (fold.note() != null) {
            leftOut.add(told.apply(fold.note()));
            if (fold.waits()) {
                waiting.add(leftOut.getLast());
            }
        }
    }

    private static String told(String objective, String pod, boolean ofCanary, String what) {
        return "objective '" + objective + "': pod " + SeriesText.key(pod) + " of the "
                + (ofCanary ? "canary" : "baseline") + ": " + what;
    }

    private static List<Counts> plus(List<Counts> sums, List<Counts> more) {
        List<Counts> both = new ArrayList<>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            both.add(sums.get(i).plus(more.get(i)));
        }
        return both;
    }
}
