package dev.portcullis.analysis.source.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the data points of the wire count. */
final class Quantities {
    private static final int MOST_BUCKETS = 1000;

    private Quantities() {}

    static Quantity of(NumberDataPoint point) throws RejectedPointException {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new RejectedPointException(RejectionReason.NO_COUNT, String.valueOf(value));
        }
        return new Count(value);
    }

    /** A histogram without buckets has one for everything. */
    static Quantity of(HistogramDataPoint point) throws RejectedPointException {
        List<Double> bounds = point.getExplicitBoundsList();
        List<Long> counts = point.getBucketCountsList();
        check(counts.size() <= MOST_BUCKETS, RejectionReason.TOO_LARGE);
        if (bounds.isEmpty() && counts.isEmpty()) {
            counts = List.of(point.getCount());
        }
        boolean fits = counts.size() == bounds.size() + 1 && isRising(bounds);
        check(fits && sum(counts) == point.getCount(), RejectionReason.MALFORMED);
        return new ExplicitBuckets(bounds, counts);
    }

    /** One finer than native histograms can be is made coarser. */
    static Quantity of(ExponentialHistogramDataPoint point) throws RejectedPointException {
        List<Long> counts = point.getPositive().getBucketCountsList();
        check(counts.size() <= MOST_BUCKETS, RejectionReason.TOO_LARGE);
        check(sum(point.getNegative().getBucketCountsList()) == 0, RejectionReason.NEGATIVE);
        check(point.getScale() >= ExponentialBuckets.COARSEST, RejectionReason.TOO_COARSE);
        check(
                sum(counts) + atLeastZero(point.getZeroCount()) == point.getCount() && point.getZeroThreshold() >= 0,
                RejectionReason.MALFORMED);
        SortedMap<Integer, Long> byIndex = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            byIndex.put(point.getPositive().getOffset() + i, counts.get(i));
        }
        var buckets = new ExponentialBuckets(
                point.getScale(),
                Math.max(point.getZeroThreshold(), ExponentialBuckets.SMALLEST_THRESHOLD),
                point.getZeroCount(),
                byIndex);
        return buckets.scale() > ExponentialBuckets.FINEST ? buckets.at(ExponentialBuckets.FINEST) : buckets;
    }

    private static boolean isRising(List<Double> bounds) {
        double last = Double.NEGATIVE_INFINITY;
        for (double bound : bounds) {
            if (!(bound > last && bound < Double.POSITIVE_INFINITY)) {
                return false;
            }
            last = bound;
        }
        return true;
    }

    private static long sum(List<Long> counts) throws RejectedPointException {
        long sum = 0;
        for (long count : counts) {
            sum = atLeastZero(sum + atLeastZero(count));
        }
        return sum;
    }

    /** The wire's counts have no sign; those that do not fit into a long look negative here. */
    private static long atLeastZero(long count) throws RejectedPointException {
        check(count >= 0, RejectionReason.NO_COUNT);
        return count;
    }

    private static void check(boolean holds, RejectionReason reason) throws RejectedPointException {
        if (!holds) {
            throw new RejectedPointException(reason);
        }
    }
}
