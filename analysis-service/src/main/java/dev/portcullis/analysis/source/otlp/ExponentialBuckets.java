package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram whose boundaries are the powers of 2^(2^-scale) (OpenTelemetry metrics data model, "ExponentialHistogram").
 *
 * @param scale {@value #COARSEST} to {@value #FINEST}, the schemas of a native histogram
 * @param zeroThreshold what is at most this far from 0 is in the zero bucket; above 0
 * @param zeros number of observations in the zero bucket
 * @param counts by index, from boundary index (exclusive) to boundary index + 1 (inclusive); none is 0
 */
record ExponentialBuckets(int scale, double zeroThreshold, long zeros, SortedMap<Integer, Long> counts)
        implements Quantity {
    static final int COARSEST = -4;
    static final int FINEST = 8;

    /** What a threshold of 0 is given as in Prometheus. */
    static final double SMALLEST_THRESHOLD = 1e-128;

    ExponentialBuckets {
        SortedMap<Integer, Long> filled = new TreeMap<>(counts);
        filled.values().removeIf(count -> count == 0);
        counts = Collections.unmodifiableSortedMap(filled);
    }

    /** At this scale, which is no finer: neighbouring buckets are put together. */
    ExponentialBuckets at(int coarser) {
        SortedMap<Integer, Long> merged = new TreeMap<>();
        counts.forEach((index, count) -> merged.merge(index >> (scale - coarser), count, Long::sum));
        return new ExponentialBuckets(coarser, zeroThreshold, zeros, merged);
    }

    @Override
    public Optional<Quantity> plus(Quantity more) {
        if (!(more instanceof ExponentialBuckets other) || zeroThreshold != other.zeroThreshold) {
            return Optional.empty();
        }
        int common = Math.min(scale, other.scale);
        SortedMap<Integer, Long> sums = new TreeMap<>(at(common).counts);
        other.at(common).counts.forEach((index, count) -> sums.merge(index, count, Long::sum));
        return Optional.of(new ExponentialBuckets(common, zeroThreshold, zeros + other.zeros, sums));
    }

    @Override
    public double count() {
        return zeros + counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As a native histogram. */
    @Override
    public List<Sample> samples(Map<String, String> labels) {
        List<Sample.Bucket> buckets = new ArrayList<>();
        long all = zeros;
        if (zeros > 0) {
            buckets.add(new Sample.Bucket(-zeroThreshold, zeroThreshold, zeros));
        }
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            all += bucket.getValue();
            buckets.add(new Sample.Bucket(boundary(bucket.getKey()), boundary(bucket.getKey() + 1), bucket.getValue()));
        }
        return List.of(new Sample(labels, all, buckets));
    }

    private double boundary(int index) {
        return StrictMath.pow(2, index * StrictMath.scalb(1.0, -scale));
    }
}
