package dev.portcullis.analysis.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The latency histograms of one pod as read.
 *
 * @param series by a key made of its labels, one or more
 */
public record PodHistograms(Map<String, Histogram> series) {
    /** Keeps its own copy. */
    public PodHistograms {
        series = Map.copyOf(series);
    }

    /** Those of the given boundaries at which it cannot be cut, since a series lacks them. */
    List<Double> lacking(Buckets buckets) {
        return buckets.boundaries().stream().filter(boundary -> !has(boundary)).toList();
    }

    private boolean has(double boundary) {
        return series.values().stream().allMatch(histogram -> histogram.has(boundary));
    }

    /** The counters behind the cuts at boundaries none of which it is lacking. */
    PodCounters cutAt(Buckets buckets) {
        return new PodCounters(
                buckets.boundaries().stream()
                        .map(boundary -> column(histogram -> histogram.upTo(boundary)))
                        .toList(),
                column(Histogram::count));
    }

    private Map<String, Double> column(ToDoubleFunction<Histogram> value) {
        Map<String, Double> column = new HashMap<>();
        series.forEach((key, histogram) -> column.put(key, value.applyAsDouble(histogram)));
        return column;
    }
}
