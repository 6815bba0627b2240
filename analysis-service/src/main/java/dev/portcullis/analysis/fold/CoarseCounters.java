package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether what one reading counted is large against the steps in which its counters move. A large counter of good requests that is printed with six digits stands still while
 * a small one of errors moves: then every request counted is a bad one. What is below {@value #STEPS} steps is not counted; since the next difference is taken from the same
 * values, nothing is lost, and a counter that was only taken for a coarse one is counted as soon as it shows another digit.
 *
 * @param resolutions what is known of the counters after this reading, by objective name
 * @param faults why an objective cannot be counted, one line each
 */
record CoarseCounters(Map<String, ArmResolutions> resolutions, List<String> faults) {
    /** What was counted is wrong by 1 % at most. */
    private static final double STEPS = 100;

    /** Good requests that one step too many would add do not bring a PASS as long as they are fewer. */
    private static final double HARMLESS = 100;

    /** A counter that moves in steps. */
    private record CoarseCounter(String pod, String series, double value, double step, boolean binary) {}

    /** A pod, as it was before and as it is now. */
    private record Pod(String name, PodCounters last, PodCounters seen) {
        private Map<String, Double> total() {
            return seen.total();
        }

        private Map<String, Double> part(int cut) {
            return seen.parts().get(cut);
        }

        /** The counters that bad is the difference of: good and total of the same value are rounded alike, which does not change it. */
        private Map<String, Double> differing(Map<String, Double> series, int cut) {
            Map<String, Double> differing = new HashMap<>(series);
            differing.keySet().removeIf(name -> isShared(last, cut, name) && isShared(seen, cut, name));
            return differing;
        }

        private static boolean isShared(PodCounters counters, int cut, String series) {
            return Objects.equals(
                    counters.parts().get(cut).get(series), counters.total().get(series));
        }
    }

    /** One arm of an objective: its pods that were compared. */
    private record Arm(String name, RatioNumerator numerator, Resolution resolution, List<Pod> pods) {
        /** So it is nearly always, and nothing else has to be looked at. */
        private boolean isExact() {
            return pods.stream()
                    .flatMap(pod -> Stream.concat(Stream.of(pod.total()), pod.seen().parts().stream()))
                    .allMatch(series -> series.values().stream().allMatch(value -> resolution.step(value) == 0));
        }

        private List<CoarseCounter> ofTotal() {
            List<CoarseCounter> found = new ArrayList<>();
            pods.forEach(pod -> add(found, pod, pod.total()));
            return found;
        }

        private List<CoarseCounter> ofBad(int cut) {
            List<CoarseCounter> found = new ArrayList<>();
            for (Pod pod : pods) {
                if (numerator == RatioNumerator.GOOD) {
                    add(found, pod, pod.differing(pod.total(), cut));
                    add(found, pod, pod.differing(pod.part(cut), cut));
                } else {
                    add(found, pod, pod.part(cut));
                }
            }
            return found;
        }

        private void add(List<CoarseCounter> found, Pod pod, Map<String, Double> series) {
            new TreeMap<>(series).forEach((name, value) -> {
                double step = resolution.step(value);
                if (step > 0) {
                    found.add(new CoarseCounter(pod.name(), name, value, step, resolution.isBinary(value)));
                }
            });
        }
    }

    /**
     * Looks at one reading.
     *
     * @param before what it is compared with
     * @param seen the counters read, by objective name
     * @param increments what was counted of them
     */
    static CoarseCounters of(
            CounterState before, SortedMap<String, ObjectiveCounters> seen, Map<String, Observation> increments) {
        CoarseCounters coarse = new CoarseCounters(new HashMap<>(before.resolutions()), new ArrayList<>());
        seen.forEach((name, counters) -> {
            Observation counted = increments.get(name);
            ObjectiveCounters last = before.objectives().get(name);
            ArmResolutions known = coarse.resolved(name, counters);
            if (counted != null && last != null) {
                RatioNumerator which = counters.numerator();
                List<Pod> canary = pods(last.canary(), counters.canary());
                List<Pod> baseline = pods(last.baseline(), counters.baseline());
                coarse.check(name, new Arm("canary", which, known.canary(), canary), counted, ArmCounts::canary);
                coarse.check(
                        name, new Arm("baseline", which, known.baseline(), baseline), counted, ArmCounts::baseline);
            }
        });
        return coarse;
    }

    private static List<Pod> pods(Map<String, PodCounters> last, Map<String, PodCounters> seen) {
        List<Pod> pods = new ArrayList<>();
        new TreeMap<>(seen).forEach((name, counters) -> {
            PodCounters before = last.get(name);
            if (before != null) {
                pods.add(new Pod(name, before, counters));
            }
        });
        return pods;
    }

    private ArmResolutions resolved(String objective, ObjectiveCounters seen) {
        ArmResolutions known = resolutions.getOrDefault(objective, ArmResolutions.LEAST);
        ArmResolutions now = new ArmResolutions(
                resolved(known.canary(), seen.canary()), resolved(known.baseline(), seen.baseline()));
        resolutions.put(objective, now);
        return now;
    }

    private static Resolution resolved(Resolution known, Map<String, PodCounters> pods) {
        Resolution resolution = known;
        for (PodCounters pod : pods.values()) {
            for (double value : pod.total().values()) {
                resolution = resolution.with(value);
            }
            for (Map<String, Double> part : pod.parts()) {
                for (double value : part.values()) {
                    resolution = resolution.with(value);
                }
            }
        }
        return resolution;
    }

    private void check(String objective, Arm arm, Observation counted, Function<ArmCounts, Counts> ofArm) {
        if (arm.isExact()) {
            return;
        }
        List<CoarseCounter> total = arm.ofTotal();
        for (int cut = 0; cut < counted.cuts().size(); cut++) {
            Counts counts = ofArm.apply(counted.at(cut));
            List<CoarseCounter> tooCoarse = tooCoarse(counts, arm.ofBad(cut), total);
            if (!tooCoarse.isEmpty()) {
                faults.add(fault(objective, arm.name(), tooCoarse, counts));
                return;
            }
        }
    }

    /** The counters that make the counts of no use; none when the counts are of use. */
    private static List<CoarseCounter> tooCoarse(
            Counts counts, List<CoarseCounter> ofBad, List<CoarseCounter> ofTotal) {
        if (counts.total() > 0 && counts.bad() < STEPS * sum(ofBad)) {
            return ofBad;
        }
        double steps = sum(ofTotal);
        boolean matters = counts.bad() > 0 || steps >= HARMLESS;
        return matters && counts.total() > 0 && counts.total() < STEPS * steps ? ofTotal : List.of();
    }

    private static double sum(List<CoarseCounter> coarse) {
        return coarse.stream().mapToDouble(CoarseCounter::step).sum();
    }

    private static String fault(String objective, String arm, List<CoarseCounter> coarse, Counts counts) {
        CoarseCounter worst = coarse.stream()
                .max(Comparator.comparingDouble(CoarseCounter::step))
                .orElseThrow(() -> new IllegalArgumentException("no coarse counter"));
        return "objective '" + objective + "': counter " + worst.series() + " of the " + arm + "'s pod " + worst.pod()
                + " reads " + number(worst.value()) + " and seems to move in steps of " + number(worst.step())
                + ", too coarse to tell which of " + number(counts.total())
                + " requests since the last reading failed; "
                + (worst.binary()
                        ? "count in 64-bit integers, not in 32-bit floats"
                        : "print counters in full (%.0f or %.17g, not %g or a stream's six digits)");
    }

    private static String number(double value) {
        return NumberText.rounded(value, 12, RoundingMode.HALF_UP);
    }
}
