package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The difference of two readings, taken pod by pod, as counts: never negative, nothing counted twice.
 *
 * <p>A pod seen for the first time is a starting point, and so it is as long as it warms up. A series that appears in a known pod
 * counts from 0, since counters are often made with the first event, unless its pod {@link PlausibleGrowth cannot have served} so much. When any series of a pod is
 * below its last value, the process was restarted, and all its series count from 0, unless {@link ProcessCheck that is not to be
 * believed}. One that tells a later start though nothing fell is a new starting point. A {@link VanishedSeries series that leaves} a pod that goes on is a fault. A pod that is not seen keeps its last values, so that the next difference covers the time in
 * between; so does what is in a reading with a fault, of which nothing is counted. Not thread-safe.
 */
public final class CounterFold {
    private static final int MOST_FAULTS = 3;

    private final CounterState before;
    private final FoldRules rules;
    private final Instant now;
    private final HistogramCuts cuts;
    /** What was read of each objective, in the order of their names; a latency whose boundaries are not chosen yet is missing. */
    private final SortedMap<String, ObjectiveCounters> seen = new TreeMap<>();

    private final WarmUp warmUp;
    private final List<String> faults;
    private final List<String> notes;
    private final List<String> waiting = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> lost;
    /** What is lost of pods that have a fault; of the others nothing is lost when nothing is counted. */
    private final List<String> lostWithFaults;

    private final Map<String, Observation> increments = new HashMap<>();
    private final Map<String, Map<String, Counts>> canaryPods = new HashMap<>();
    private final Map<String, Map<String, Counts>> baselinePods = new HashMap<>();
    private final Map<String, ObjectiveCounters> state;
    /** The state if there is any fault. */
    private final Map<String, ObjectiveCounters> kept;

    private final CounterState after;

    private CounterFold(CounterState before, CounterReading.Counters reading, FoldRules rules, Instant now) {
        this.before = before;
        this.rules = rules;
        this.now = now;
        this.cuts = new HistogramCuts(before.buckets(), rules);
        this.faults = new ArrayList<>(reading.faults());
        this.lost = new ArrayList<>(before.lost());
        this.lostWithFaults = new ArrayList<>(before.lost());
        this.state = new HashMap<>(before.objectives());
        this.kept = new HashMap<>(before.objectives());
        // In the order of names: faults and notes are to be the same lines for the same reading.
        new TreeMap<String, ObjectiveReading>(reading.objectives())
                .forEach((objective, read) ->
                        cuts.counters(objective, read).ifPresent(counters -> seen.put(objective, counters)));
        faults.addAll(cuts.faults());
        this.warmUp = WarmUp.of(before, reading.objectives(), seen.values(), rules.warmUp(), now);
        this.notes = new ArrayList<>(together(together(warmUp.notes(), reading.notes()), cuts.notes()));
        seen.forEach(this::add);
        CoarseCounters coarse = CoarseCounters.of(before, seen, increments);
        faults.addAll(coarse.faults());
        this.after = faults.isEmpty()
                ? new CounterState(state, cuts.buckets(), warmUp.since(), coarse.resolutions(), first(lost))
                : new CounterState(
                        kept, before.buckets(), before.warmingSince(), coarse.resolutions(), first(lostWithFaults));
    }

    /**
     * The requests since {@code before}; all zero when nothing was seen before.
     *
     * @param now when the reading was taken
     */
    public static CounterFold fold(CounterState before, CounterReading.Counters reading, FoldRules rules, Instant now) {
        return new CounterFold(before, reading, rules, now);
    }

    /**
     * The same of a reading of which no request is counted; the next difference is taken from it.
     *
     * @param why for people, in one line
     */
    public static CounterFold startingPoint(
            CounterState before, CounterReading.Counters reading, FoldRules rules, Instant now, String why) {
        CounterFold fold = fold(before, reading, rules, now);
        fold.increments.clear();
        fold.canaryPods.clear();
        fold.baselinePods.clear();
        fold.notes.addFirst(why);
        return fold;
    }

    /** The requests in between by objective name, never negative, bad at most total; a latency whose buckets are not chosen yet has none. */
    public Map<String, Observation> increments() {
        return Map.copyOf(increments);
    }

    /** The canary's requests, by objective name and pod; of a latency, bad are those slower than its threshold. */
    public Map<String, Map<String, Counts>> canaryPods() {
        return Map.copyOf(canaryPods);
    }

    /** The baseline's requests, by objective name and pod; of a latency, bad are those slower than its threshold. */
    public Map<String, Map<String, Counts>> baselinePods() {
        return Map.copyOf(baselinePods);
    }

    /** What the next reading is compared with; with faults that of before, but for what was learnt of pods that are in doubt. */
    public CounterState state() {
        return after;
    }

    /** Why an objective cannot be counted, one line each, a few at most; empty when all can. */
    public List<String> faults() {
        return few(faults);
    }

    /** What of the pods is not known yet, or cannot be any more, one line each; while there is any, no objective has passed. */
    public List<String> withheld() {
        return few(together(waiting, after.lost()));
    }

    /** What was left out and why, one line each; for people. */
    public List<String> notes() {
        return together(notes, few(leftOut));
    }

    private static List<String> together(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
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

    private void add(String objective, ObjectiveCounters read) {
        RatioNumerator numerator = read.numerator();
        ObjectiveCounters last =
                before.objectives().getOrDefault(objective, new ObjectiveCounters(numerator, Map.of(), Map.of()));
        SortedMap<String, PodFold> canary = fold(objective, last, read, true);
        SortedMap<String, PodFold> baseline = fold(objective, last, read, false);
        int number = cuts.number(objective);
        increments.put(objective, observation(sums(canary.values(), number), sums(baseline.values(), number)));
        canaryPods.put(objective, byPod(canary, cuts.fail(objective)));
        baselinePods.put(objective, byPod(baseline, cuts.fail(objective)));
        state.put(
                objective,
                new ObjectiveCounters(numerator, after(last.canary(), canary), after(last.baseline(), baseline)));
        if (before.objectives().containsKey(objective)) {
            kept.put(
                    objective,
                    new ObjectiveCounters(
                            numerator, uncounted(last.canary(), canary), uncounted(last.baseline(), baseline)));
        }
    }

    private static Observation observation(List<Counts> canary, List<Counts> baseline) {
        List<ArmCounts> cuts = new ArrayList<>();
        for (int i = 0; i < canary.size(); i++) {
            cuts.add(new ArmCounts(canary.get(i), baseline.get(i)));
        }
        return new Observation(cuts);
    }

    /**
     * By cut.
     *
     * @param folds in the order of names: sums of fractions depend on the order, and the same input is to give the same bits
     */
    private static List<Counts> sums(Collection<PodFold> folds, int cuts) {
        List<Counts> sums = new ArrayList<>(Collections.nCopies(cuts, Counts.NONE));
        for (PodFold fold : folds) {
            for (int i = 0; i < cuts; i++) {
                sums.set(i, sums.get(i).plus(fold.counts().get(i)));
            }
        }
        return sums;
    }

    private static Map<String, Counts> byPod(Map<String, PodFold> folds, int cut) {
        Map<String, Counts> counts = new HashMap<>();
        folds.forEach((pod, fold) -> counts.put(pod, fold.counts().get(cut)));
        return Map.copyOf(counts);
    }

    /** Pods that are not seen stay as they were. */
    private static Map<String, PodCounters> after(Map<String, PodCounters> last, Map<String, PodFold> folds) {
        Map<String, PodCounters> after = new HashMap<>(last);
        folds.forEach((pod, fold) -> after.put(pod, fold.state()));
        return after;
    }

    private static Map<String, PodCounters> uncounted(Map<String, PodCounters> last, Map<String, PodFold> folds) {
        Map<String, PodCounters> uncounted = new HashMap<>(last);
        folds.forEach((pod, fold) -> fold.uncounted().ifPresent(counters -> uncounted.put(pod, counters)));
        return uncounted;
    }

    /** The pods of one arm of an objective. */
    private SortedMap<String, PodFold> fold(
            String objective, ObjectiveCounters last, ObjectiveCounters read, boolean ofCanary) {
        Map<String, PodCounters> known = last.ofArm(ofCanary);
        double busiest = PodCapacity.busiest(known);
        SortedMap<String, PodFold> folds = new TreeMap<>();
        new TreeMap<>(read.ofArm(ofCanary)).forEach((pod, counters) -> {
            PodFold fold = warmUp.isWarming(pod, ofCanary)
                    ? PodFold.warming(known.get(pod), counters, now)
                    : fold(objective, pod, last, read, ofCanary, busiest);
            tell(fold, what -> told(objective, ofCanary, pod, what));
            folds.put(pod, fold);
        });
        absent(objective, known, folds, ofCanary);
        return folds;
    }

    private PodFold fold(
            String objective,
            String pod,
            ObjectiveCounters last,
            ObjectiveCounters read,
            boolean ofCanary,
            double busiest) {
        PodCounters known = last.ofArm(ofCanary).get(pod);
        PodCounters counters = Objects.requireNonNull(read.ofArm(ofCanary).get(pod));
        if (known != null) {
            return PodFold.of(read.numerator(), known, counters, busiest, now);
        }
        boolean isNew = counters.processStart() > rules.begin().getEpochSecond()
                && before.objectives().containsKey(objective)
                && !last.ofArm(!ofCanary).containsKey(pod);
        return isNew
                ? PodFold.sinceStart(read.numerator(), counters, busiest, now)
                : PodFold.startingPoint(counters, now);
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

    private static String told(String objective, boolean ofCanary, String pod, String what) {
        return "objective '" + objective + "': pod " + SeriesText.key(pod) + " of the "
                + (ofCanary ? "canary" : "baseline") + ": " + what;
    }

    /**
     * What is to be said of pods that are known and were not read. The first reading of a pod is a starting point, where nothing tells that it was started meanwhile: of one of the canary's
     * that was read only once nothing was counted.
     */
    private void absent(String objective, Map<String, PodCounters> known, Map<String, PodFold> read, boolean ofCanary) {
        List<String> once = new ArrayList<>();
        new TreeMap<>(known).forEach((pod, counters) -> {
            if (!read.containsKey(pod)) {
                PodFold.absent(counters).ifPresent(what -> waiting.add(told(objective, ofCanary, pod, what)));
                if (ofCanary && PodFold.isReadOnce(counters)) {
                    once.add(pod);
                }
            }
        });
        if (!once.isEmpty()) {
            leftOut.add("objective '" + objective + "': " + once.size() + " pods of the canary, "
                    + SeriesText.key(once.getFirst())
                    + " among them, were read once and are gone, so that what they served is not counted");
        }
    }
}
