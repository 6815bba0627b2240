package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A native histogram. Sources give only its buckets that are not empty, so that its boundaries have to be inferred from them.
 *
 * <p>Regular buckets grow by the factor 2^(2^-schema), see {@link Schema}; a bucket around zero may cover the smallest of them. Buckets
 * with boundaries of their own (schema -53) tell those at the edges of what they counted, and no other is known to be one: such a
 * histogram can be cut wherever no bucket of it reaches across. So can one that counted nothing.
 *
 * @param buckets those that are not empty
 * @param count of all observations
 */
public record NativeHistogram(List<Sample.Bucket> buckets, double count) implements Histogram {
    /** A boundary that was computed is not always the same double as the one that was read. */
    private static final double SAME = 1e-9;

    public NativeHistogram {
        buckets = List.copyOf(buckets);
    }

    @Override
    public SortedSet<Double> boundaries(double threshold) {
        OptionalInt schema = Schema.of(buckets);
        SortedSet<Double> boundaries =
                schema.isPresent() ? Schema.boundaries(schema.getAsInt(), threshold) : edges(buckets);
        boundaries.removeIf(this::isInsideABucket);
        return boundaries;
    }

    private static SortedSet<Double> edges(List<Sample.Bucket> buckets) {
        SortedSet<Double> edges = new TreeSet<>();
        for (Sample.Bucket bucket : buckets) {
            boolean aroundZero = bucket.lower() == -bucket.upper();
            if (!aroundZero) {
                edges.add(bucket.lower());
                edges.add(bucket.upper());
            }
        }
        edges.removeIf(edge -> !(edge > 0 && edge < Double.POSITIVE_INFINITY));
        return edges;
    }

    @Override
    public boolean has(double boundary) {
        OptionalInt schema = Schema.of(buckets);
        boolean regular = schema.isEmpty() || Schema.isBoundary(schema.getAsInt(), boundary);
        return regular && !isInsideABucket(boundary);
    }

    private boolean isInsideABucket(double boundary) {
        return buckets.stream()
                .anyMatch(bucket -> bucket.lower() < boundary * (1 - SAME) && boundary * (1 + SAME) < bucket.upper());
    }

    @Override
    public double upTo(double boundary) {
        return buckets.stream()
                .filter(bucket -> bucket.upper() <= boundary * (1 + SAME))
                .mapToDouble(Sample.Bucket::count)
                .sum();
    }
}
