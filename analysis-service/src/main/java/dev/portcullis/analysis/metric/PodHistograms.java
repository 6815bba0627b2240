package dev.portcullis.analysis.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The latency histograms of one pod as read.
 *
 * @param series by a key made of its labels: for each boundary the requests no slower than it, and all requests at infinity
 */
public record PodHistograms(Map<String, SortedMap<Double, Double>> series) {
    /** Keeps its own copy. */
    public PodHistograms {
        Map<String, SortedMap<Double, Double>> copy = new HashMap<>();
        series.forEach((key, buckets) -> copy.put(key, new TreeMap<>(buckets)));
        series = Map.copyOf(copy);
    }

    /** The finite boundaries that all of its series have. */
    SortedSet<Double> boundaries() {
        SortedSet<Double> common = new TreeSet<>();
        boolean first = true;
        for (SortedMap<Double, Double> buckets : series.values()) {
            if (first) {
                common.addAll(buckets.keySet());
                first = false;
            } else {
                common.retainAll(buckets.keySet());
            }
        }
        common.remove(Double.POSITIVE_INFINITY);
        return common;
    }

    /** All requests so far that were no slower than a boundary which every series has. */
    double upTo(double boundary) {
        return series.values().stream()
                .mapToDouble(buckets -> buckets.getOrDefault(boundary, 0.0))
                .sum();
    }

    /** The counters behind the cuts at the given boundaries; empty when a series lacks one of them. */
    Optional<PodCounters> cutAt(Buckets buckets) {
        if (!boundaries().containsAll(buckets.boundaries())) {
            return Optional.empty();
        }
        return Optional.of(new PodCounters(
                buckets.boundaries().stream().map(this::column).toList(), column(Double.POSITIVE_INFINITY)));
    }

    private Map<String, Double> column(double boundary) {
        Map<String, Double> column = new HashMap<>();
        series.forEach((key, buckets) -> column.put(key, buckets.getOrDefault(boundary, 0.0)));
        return column;
    }
}
