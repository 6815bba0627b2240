package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.Histogram;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The choice of the boundaries of an analysis, from the first reading that shows all its arms: before anything is counted,
 * from what the stable pods have served since they were started.
 *
 * <p>Boundaries that more than half of the baseline's requests exceed are left out, since at them one arm says little of the
 * other. Of those that no request exceeded one is enough, the first: what is slower than anything before shows there, and
 * each further one would only thin the evidence out. Where the baseline has no past to tell, those near the threshold are taken.
 */
sealed interface BucketChoice {
    /** The boundaries. */
    record Chosen(Buckets buckets) implements BucketChoice {}

    /** There is nothing to choose from yet, and why: one line. */
    record NotYet(String why) implements BucketChoice {}

    /** No choice is possible, and why: one line that names the objective's fault. */
    record Impossible(String why) implements BucketChoice {}

    /** With fewer requests in its past, a baseline does not tell which boundaries matter. */
    double ENOUGH_PAST = 100;

    double MOST_EXCEEDING = 0.5;

    /** Without a past, boundaries within this factor of the threshold are compared. */
    double NEAR = 4;

    /** A threshold this close to a boundary is meant to be it: 0.3 is not the same double as 0.1 * 3. */
    double SAME = 1e-9;

    /**
     * Chooses.
     *
     * @param threshold the slowest good latency, above 0
     * @param compares whether there is a baseline
     */
    static BucketChoice of(ObjectiveHistograms reading, double threshold, boolean compares) {
        if (reading.canary().isEmpty() || (compares && reading.baseline().isEmpty())) {
            return new NotYet("no histogram of the " + (reading.canary().isEmpty() ? "canary" : "baseline")
                    + " has been seen yet");
        }
        List<Histogram> all = reading.all();
        SortedSet<Double> told = new TreeSet<>();
        all.forEach(histogram -> told.addAll(histogram.boundaries(threshold)));
        SortedSet<Double> common = new TreeSet<>(told);
        common.removeIf(boundary -> !haveAll(all, boundary));
        if (!encloses(common, threshold)) {
            if (!haveAll(all, threshold)) {
                return impossible(common, threshold);
            }
            if (told.isEmpty()) {
                return new NotYet("its native histograms have counted no request yet, which would tell the boundaries");
            }
            // Native buckets with boundaries of their own: as far as they tell, the threshold is one of them.
            common.add(threshold);
        }
        return new Chosen(buckets(common, threshold, compares ? reading.ofBaseline() : List.of()));
    }

    private static Impossible impossible(SortedSet<Double> common, double threshold) {
        return new Impossible("the threshold " + threshold + " is outside the bucket boundaries that all pods have, "
                + (common.isEmpty() ? "which are none" : common.first() + " to " + common.last()));
    }

    private static boolean haveAll(List<Histogram> all, double boundary) {
        return all.stream().allMatch(histogram -> histogram.has(boundary));
    }

    private static boolean encloses(SortedSet<Double> boundaries, double threshold) {
        return !atOrAbove(boundaries, threshold).isEmpty()
                && !atOrBelow(boundaries, threshold).isEmpty();
    }

    private static SortedSet<Double> atOrAbove(SortedSet<Double> boundaries, double threshold) {
        return boundaries.tailSet(threshold * (1 - SAME));
    }

    private static SortedSet<Double> atOrBelow(SortedSet<Double> boundaries, double threshold) {
        return boundaries.headSet(threshold * (1 + SAME));
    }

    /** @param baseline empty when there is none to compare with */
    private static Buckets buckets(SortedSet<Double> common, double threshold, List<Histogram> baseline) {
        double fail = atOrAbove(common, threshold).first();
        double pass = atOrBelow(common, threshold).last();
        SortedSet<Double> compared = baseline.isEmpty() ? new TreeSet<>() : compared(common, threshold, baseline);
        if (compared.isEmpty()) {
            compared.add(fail);
        }
        SortedSet<Double> used = new TreeSet<>(compared);
        used.add(fail);
        used.add(pass);
        List<Double> boundaries = new ArrayList<>(used);
        return new Buckets(
                boundaries,
                boundaries.indexOf(fail),
                boundaries.indexOf(pass),
                compared.stream().map(boundaries::indexOf).toList());
    }

    private static SortedSet<Double> compared(SortedSet<Double> common, double threshold, List<Histogram> baseline) {
        double past = baseline.stream().mapToDouble(Histogram::count).sum();
        if (past < ENOUGH_PAST) {
            return new TreeSet<>(common.subSet(threshold / NEAR, threshold * NEAR));
        }
        SortedSet<Double> compared = new TreeSet<>();
        for (double boundary : common) {
            double slower = past
                    - baseline.stream()
                            .mapToDouble(histogram -> histogram.upTo(boundary))
                            .sum();
            if (slower <= MOST_EXCEEDING * past) {
                compared.add(boundary);
            }
            if (slower <= 0) {
                break;
            }
        }
        return compared;
    }
}
