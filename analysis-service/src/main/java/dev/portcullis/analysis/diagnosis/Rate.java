package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests per second between two looks. */
final class Rate {
    private Rate() {}

    /**
     * Of counters, or of the histograms whose buckets they are.
     *
     * @param time between the looks, above 0
     */
    static double between(List<Sample> before, List<Sample> after, Duration time) {
        Map<Map<String, String>, Double> earlier = new HashMap<>();
        before.forEach(sample -> earlier.put(sample.labels(), sample.value()));
        double more = after.stream()
                .filter(Rate::countsRequests)
                .filter(now -> Double.isFinite(now.value()) && Double.isFinite(earlier.getOrDefault(now.labels(), 0.0)))
                .mapToDouble(now -> grown(earlier.getOrDefault(now.labels(), 0.0), now.value()))
                .sum();
        return more * 1000 / time.toMillis();
    }

    /** Of the buckets of a histogram the last one, which has all requests. */
    private static boolean countsRequests(Sample sample) {
        return BucketBounds.boundary(sample).filter(Double::isFinite).isEmpty();
    }

    /** A counter that fell was restarted. */
    private static double grown(double before, double now) {
        return Math.max(0, now >= before ? now - before : now);
    }
}
