package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The resolution of a native histogram with regular buckets, -4 to 8: its boundaries are the powers of 2^(2^-schema), and those of a
 * smaller schema are among those of a larger one (Prometheus, "Native Histograms").
 */
final class Schema {
    private static final int FINEST = 8;
    private static final int COARSEST = -4;

    /**
     * Boundaries are chosen from no finer schema, 9 % apart. Libraries keep the number of buckets down, to 160 as a rule, by going over
     * to the next smaller schema while a process runs, which takes away every second boundary; with this one, 160 buckets reach from 1 us
     * to 1 s.
     */
    private static final int FINEST_CHOSEN = 3;

    /** Boundaries are of use up to 1024 times as far from the threshold. */
    private static final int POWERS_AROUND = 10;

    /** In places of the grid of boundaries. */
    private static final double ROUNDING = 1e-6;

    private Schema() {}

    /** The schema of these buckets; empty when there are none above zero, or when they are not regular. */
    static OptionalInt of(List<Sample.Bucket> buckets) {
        List<Sample.Bucket> regular = buckets.stream()
                .filter(bucket -> bucket.lower() > 0 && bucket.upper() < Double.POSITIVE_INFINITY)
                .toList();
        // Only buckets with boundaries of their own begin at minus infinity.
        if (regular.isEmpty() || buckets.stream().anyMatch(bucket -> bucket.lower() == Double.NEGATIVE_INFINITY)) {
            return OptionalInt.empty();
        }
        Sample.Bucket first = regular.getFirst();
        int schema = (int) -Math.rint(log2(log2(first.upper() / first.lower())));
        boolean fits =
                schema >= COARSEST && schema <= FINEST && regular.stream().allMatch(bucket -> isOf(schema, bucket));
        return fits ? OptionalInt.of(schema) : OptionalInt.empty();
    }

    private static boolean isOf(int schema, Sample.Bucket bucket) {
        double width = log2(bucket.upper() / bucket.lower()) * StrictMath.scalb(1.0, schema);
        return Math.abs(width - 1) < ROUNDING && isBoundary(schema, bucket.upper());
    }

    /** Whether a value is a boundary of the schema. */
    static boolean isBoundary(int schema, double value) {
        double place = place(schema, value);
        return Math.abs(place - Math.rint(place)) < ROUNDING;
    }

    /**
     * The boundaries of a schema that are of use for a threshold: powers of two around it, and on either side the nearest one, of this
     * schema and of each smaller one, so that pods of different schemas have the finest in common.
     */
    static SortedSet<Double> boundaries(int schema, double threshold) {
        SortedSet<Double> boundaries = new TreeSet<>();
        double middle = Math.rint(log2(threshold));
        for (double power = middle - POWERS_AROUND; power <= middle + POWERS_AROUND; power++) {
            boundaries.add(StrictMath.pow(2, power));
        }
        boundaries.removeIf(boundary -> !isBoundary(schema, boundary));
        for (int coarser = COARSEST; coarser <= Math.min(schema, FINEST_CHOSEN); coarser++) {
            double place = place(coarser, threshold);
            double nearest = isBoundary(coarser, threshold) ? Math.rint(place) : place;
            boundaries.add(at(coarser, Math.floor(nearest)));
            boundaries.add(at(coarser, Math.ceil(nearest)));
        }
        return boundaries;
    }

    private static double place(int schema, double value) {
        return log2(value) * StrictMath.scalb(1.0, schema);
    }

    private static double at(int schema, double place) {
        return StrictMath.pow(2, place * StrictMath.scalb(1.0, -schema));
    }

    private static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }
}
