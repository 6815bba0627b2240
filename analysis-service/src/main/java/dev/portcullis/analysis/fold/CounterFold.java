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
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
    private final FoldRules rules;
    private final Instant now;
    private final List<String> faults = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> lost;
    /** Of pods that have a fault: what else is lost is not when nothing is counted. */
    private final List<String> lostWithFaults;

    private final Map<String, Observation> increments = new HashMap<>();
    private final Map<String, PodCounts> pods = new HashMap<>();
    private final Map<String, ObjectiveCounters> state;
    private final Map<String, ObjectiveCounters> kept;

    private CounterFold(CounterState before, WarmUp warmUp, FoldRules rules, Instant now) {
        this.before = before;
        this.warmUp = warmUp;
        this.rules = rules;
        this.now = now;
        this.lost = new ArrayList<>(before.lost());
        this.lostWithFaults = new ArrayList<>(before.lost());
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
        CounterFold fold = new CounterFold(
                before, WarmUp.of(before, reading.objectives(), counted, rules.warmUp(), now), rules, now);
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
                ? new CounterState(
                        fold.state, cut.buckets(), fold.warmUp.since(), coarse.resolutions(), first(fold.lost))
                : new CounterState(
                        fold.kept,
                        before.buckets(),
                        before.warmingSince(),
                        coarse.resolutions(),
                        first(fold.lostWithFaults));
        List<String> withheld =
                Stream.concat(fold.waiting.stream(), after.lost().stream()).toList();
        return new FoldResult(fold.increments, fold.pods, after, few(fold.faults), few(withheld), notes);
    }

    private static List<String> first(List<String> lost) {
        return lost.stream().distinct().limit(MOST_FAULTS).toList();
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
        Arm canary = fold(
                cut, new ArmChange(name, true, last.canary(), cut.counters().canary(), last.baseline()::containsKey));
        Arm baseline = fold(
                cut,
                new ArmChange(name, false, last.baseline(), cut.counters().baseline(), last.canary()::containsKey));
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

    /** One arm of an objective: its pods as last read and now. */
    private record ArmChange(
            String objective,
            boolean ofCanary,
            Map<String, PodCounters> last,
            Map<String, PodCounters> seen,
            Predicate<String> isOfOther) {
        private String told(String pod, String what) {
            return "objective '" + objective + "': pod " + SeriesText.key(pod) + " of the " + arm() + ": " + what;
        }

        private String arm() {
            return ofCanary ? "canary" : "baseline";
        }

        private Stream<String> absent() {
            return last.keySet().stream().filter(pod -> !seen.containsKey(pod)).sorted();
        }
    }

    private Arm fold(CutReading.Cut cut, ArmChange change) {
        List<Counts> sums = Collections.nCopies(cut.number(), Counts.NONE);
        Map<String, Counts> byPod = new HashMap<>();
        Map<String, PodCounters> after = new HashMap<>(change.last);
        Map<String, PodCounters> withFaults = new HashMap<>(change.last);
        double busiest = PodCapacity.busiest(change.last);
        // In the order of names: sums of fractions depend on the order, and the same input is to give the same bits.
        for (String pod : new TreeMap<>(change.seen).keySet()) {
            PodFold fold = fold(cut.counters().numerator(), change, pod, busiest);
            fold.uncounted().ifPresent(uncounted -> withFaults.put(pod, uncounted));
            tell(fold, what -> change.told(pod, what));
            sums = plus(sums, fold.counts());
            byPod.put(pod, fold.counts().get(cut.fail()));
            after.put(pod, fold.state());
        }
        change.absent().forEach(pod -> PodFold.absent(Objects.requireNonNull(change.last.get(pod)))
                .ifPresent(what -> waiting.add(change.told(pod, what))));
        readOnce(change);
        return new Arm(sums, byPod, after, withFaults);
    }

    private PodFold fold(RatioNumerator numerator, ArmChange change, String pod, double busiest) {
        PodCounters last = change.last.get(pod);
        PodCounters seen = Objects.requireNonNull(change.seen.get(pod));
        if (warmUp.isWarming(pod, change.ofCanary)) {
            return PodFold.warming(last, seen, now);
        }
        if (last != null) {
            return PodFold.of(numerator, last, seen, busiest, now);
        }
        boolean isNew = seen.processStart() > rules.begin().getEpochSecond()
                && before.objectives().containsKey(change.objective)
                && !change.isOfOther.test(pod);
        return isNew ? PodFold.sinceStart(numerator, seen, busiest, now) : PodFold.startingPoint(seen, now);
    }

    /** The first reading of a pod is a starting point, where nothing tells that it was started meanwhile: of one that was read only once nothing was counted. */
    private void readOnce(ArmChange change) {
        List<String> once = change.absent()
                .filter(pod -> change.ofCanary && PodFold.isReadOnce(change.last.get(pod)))
                .toList();
        if (!once.isEmpty()) {
            leftOut.add("objective '" + change.objective + "': " + once.size() + " pods of the canary, "
                    + SeriesText.key(once.getFirst())
                    + " among them, were read once and are gone, so that what they served is not counted");
        }
    }

    private void tell(PodFold fold, UnaryOperator<String> told) {
        fold.fault().map(told).ifPresent(faults::add);
        fold.note().map(told).ifPresent(leftOut::add);
        fold.waits().map(told).ifPresent(what -> {
            leftOut.add(what);
            waiting.add(what);
        });
        fold.lost().map(told).ifPresent(what -> {
            lost.add(what);
            if (fold.fault().isPresent()) {
                lostWithFaults.add(what);
            }
        });
    }

    private static List<Counts> plus(List<Counts> sums, List<Counts> more) {
        List<Counts> both = new ArrayList<>(sums.size());
        for (int i = 0; i < sums.size(); i++) {
            both.add(sums.get(i).plus(more.get(i)));
        }
        return both;
    }
}
