package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The choice of the boundaries of an analysis, from the first reading that shows all its arms: before anything is counted,
 * from what the stable pods have served since they were started.
 *
 * <p>Boundaries that more than half of the baseline's requests exceed are left out, since at them one arm says little of the
 * other. Of those that no request exceeded one is enough, the first: what is slower than anything before shows there, and
 * each further one would only thin the evidence out.
 */
sealed interface BucketChoice {
    /** The boundaries. */
    record Chosen(Buckets buckets) implements BucketChoice {}

    /** Not all arms have been seen yet. */
    record NotYet() implements BucketChoice {}

    /** No choice is possible, and why: one line that names the objective's fault. */
    record Impossible(String why) implements BucketChoice {}

    /** With fewer requests in its past, a baseline does not tell which boundaries matter. */
    double ENOUGH_PAST = 100;

    double MOST_EXCEEDING = 0.5;

    /** A threshold this close to a boundary is meant to be it: 0.3 is not the same double as 0.1 * 3. */
    double SAME = 1e-9;

    /** Chooses for a threshold; {@code compares} says whether there is a baseline. */
    static BucketChoice of(ObjectiveHistograms reading, double threshold, boolean compares) {
        if (reading.canary().isEmpty() || (compares && reading.baseline().isEmpty())) {
            return new NotYet();
        }
        SortedSet<Double> common =
                common(Stream.concat(reading.canary().values().stream(), reading.baseline().values().stream())
                        .toList());
        SortedSet<Double> atOrAbove = common.tailSet(threshold * (1 - SAME));
        SortedSet<Double> atOrBelow = common.headSet(threshold * (1 + SAME));
        if (atOrAbove.isEmpty() || atOrBelow.isEmpty()) {
            return new Impossible(
                    "the threshold " + threshold + " is outside the bucket boundaries that all pods have, "
                            + (common.isEmpty() ? "which are none" : common.first() + " to " + common.last()));
        }
        SortedSet<Double> compared =
                compares ? compared(common, reading.baseline().values()) : new TreeSet<>();
        return new Chosen(buckets(atOrAbove.first(), atOrBelow.last(), compared));
    }

    private static SortedSet<Double> common(Collection<PodHistograms> pods) {
        Iterator<PodHistograms> all = pods.iterator();
        SortedSet<Double> common = new TreeSet<>(all.next().boundaries());
        all.forEachRemaining(pod -> common.retainAll(pod.boundaries()));
        return common;
    }

    private static SortedSet<Double> compared(SortedSet<Double> common, Collection<PodHistograms> baseline) {
        double past = upTo(baseline, Double.POSITIVE_INFINITY);
        if (past < ENOUGH_PAST) {
            return common;
        }
        SortedSet<Double> compared = new TreeSet<>();
        for (double boundary : common) {
            double slower = past - upTo(baseline, boundary);
            if (slower <= MOST_EXCEEDING * past) {
                compared.add(boundary);
            }
            if (slower <= 0) {
                break;
            }
        }
        return compared;
    }

    private static double upTo(Collection<PodHistograms> pods, double boundary) {
        return pods.stream().mapToDouble(pod -> pod.upTo(boundary)).sum();
    }

    private static Buckets buckets(double fail, double pass, SortedSet<Double> compared) {
        SortedSet<Double> used = new TreeSet<>(compared);
        used.add(fail);
        used.add(pass);
        List<Double> boundaries = new ArrayList<>(used);
        int failAt = boundaries.indexOf(fail);
        List<Integer> comparedAt = compared.isEmpty()
                ? List.of(failAt)
                : compared.stream().map(boundaries::indexOf).toList();
        return new Buckets(boundaries, failAt, boundaries.indexOf(pass), comparedAt);
    }
}
