package dev.portcullis.analysis.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The latency histograms of one pod as read.
 *
 * @param series by a key made of its labels, one or more
 * @param processStart when its process was started, in seconds since 1970; 0 when the source does not tell
 */
public record PodHistograms(Map<String, Histogram> series, double processStart) {
    /** Keeps its own copy. */
    public PodHistograms {
        series = Map.copyOf(series);
    }

    /** Histograms of a process whose start is not known. */
    public PodHistograms(Map<String, Histogram> series) {
        this(series, 0);
    }

    /** The boundaries of those given at which it cannot be cut, since a series lacks them. */
    public List<Double> lacking(Buckets buckets) {
        return buckets.boundaries().stream().filter(boundary -> !has(boundary)).toList();
    }

    private boolean has(double boundary) {
        return series.values().stream().allMatch(histogram -> histogram.has(boundary));
    }

    /** The counters behind the cuts at boundaries none of which it is lacking. */
    public PodCounters cutAt(Buckets buckets) {
        return new PodCounters(
                        buckets.boundaries().stream()
                                .map(boundary -> column(histogram -> histogram.upTo(boundary)))
                                .toList(),
                        column(Histogram::count))
                .startedAt(processStart);
    }

    private Map<String, Double> column(ToDoubleFunction<Histogram> value) {
        Map<String, Double> column = new HashMap<>();
        series.forEach((key, histogram) -> column.put(key, value.applyAsDouble(histogram)));
        return column;
    }
}
