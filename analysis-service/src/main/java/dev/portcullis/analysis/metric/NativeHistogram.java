package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A native histogram as cumulative counts at boundaries that other pods can have too.
 *
 * <p>Its buckets grow by the factor 2^(2^-schema), and the boundaries of a smaller schema are among those of a larger one
 * (Prometheus, "Native Histograms"). Given are the powers of two, and on either side of the threshold the nearest boundary of each
 * schema that it has, so that pods of different schemas share the finest they have in common. Buckets of another kind, with custom
 * boundaries, give the boundaries that they have.
 */
final class NativeHistogram {
    private static final int FINEST = 8;
    private static final int COARSEST = -4;
    private static final int LARGEST_POWER = 20;
    private static final double SAME = 1e-9;

    private NativeHistogram() {}

    /**
     * For each boundary the observations at most as large, and all of them at infinity.
     *
     * @param buckets those that are not empty
     * @param count of all observations
     */
    static SortedMap<Double, Double> cumulative(List<Sample.Bucket> buckets, double count, double threshold) {
        SortedMap<Double, Double> cumulative = new TreeMap<>();
        for (double boundary : boundaries(buckets, threshold)) {
            cumulative.put(boundary, upTo(buckets, boundary));
        }
        cumulative.put(Double.POSITIVE_INFINITY, count);
        return cumulative;
    }

    private static double upTo(List<Sample.Bucket> buckets, double boundary) {
        return buckets.stream()
                .filter(bucket -> bucket.upper() <= boundary * (1 + SAME))
                .mapToDouble(Sample.Bucket::count)
                .sum();
    }

    private static SortedSet<Double> boundaries(List<Sample.Bucket> buckets, double threshold) {
        List<Sample.Bucket> regular =
                buckets.stream().filter(bucket -> bucket.lower() > 0).toList();
        if (regular.isEmpty()) {
            // Nothing but zeros: any boundary is one of its own.
            return exponential(FINEST, threshold);
        }
        OptionalInt schema = schema(regular);
        return schema.isPresent() ? exponential(schema.getAsInt(), threshold) : edges(buckets);
    }

    private static OptionalInt schema(List<Sample.Bucket> regular) {
        Sample.Bucket first = regular.getFirst();
        int schema = (int) -Math.rint(log2(log2(first.upper() / first.lower())));
        boolean fits =
                schema >= COARSEST && schema <= FINEST && regular.stream().allMatch(bucket -> isOf(schema, bucket));
        return fits ? OptionalInt.of(schema) : OptionalInt.empty();
    }

    private static boolean isOf(int schema, Sample.Bucket bucket) {
        double position = log2(bucket.upper()) * StrictMath.scalb(1.0, schema);
        double width = log2(bucket.upper() / bucket.lower()) * StrictMath.scalb(1.0, schema);
        return Math.abs(position - Math.rint(position)) < 1e-6 && Math.abs(width - 1) < 1e-6;
    }

    private static SortedSet<Double> exponential(int schema, double threshold) {
        SortedSet<Double> boundaries = new TreeSet<>();
        int step = 1 << Math.max(0, -schema);
        for (int power = 0; power <= LARGEST_POWER; power += step) {
            boundaries.add(StrictMath.scalb(1.0, power));
            boundaries.add(StrictMath.scalb(1.0, -power));
        }
        for (int coarser = COARSEST; coarser <= schema; coarser++) {
            double position = log2(threshold) * StrictMath.scalb(1.0, coarser);
            double nearest = Math.rint(position);
            boolean isBoundary = Math.abs(position - nearest) < 1e-6;
            boundaries.add(at(isBoundary ? nearest : Math.floor(position), coarser));
            boundaries.add(at(isBoundary ? nearest : Math.ceil(position), coarser));
        }
        return boundaries;
    }

    private static double at(double position, int schema) {
        return StrictMath.pow(2, position * StrictMath.scalb(1.0, -schema));
    }

    private static SortedSet<Double> edges(List<Sample.Bucket> buckets) {
        SortedSet<Double> edges = new TreeSet<>();
        buckets.forEach(bucket -> {
            edges.add(bucket.lower());
            edges.add(bucket.upper());
        });
        edges.removeIf(edge -> Double.isInfinite(edge));
        return edges;
    }

    private static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }
}
