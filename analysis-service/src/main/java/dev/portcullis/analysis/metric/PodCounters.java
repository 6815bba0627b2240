package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Raw cumulative counters of one pod: each series it exposes, by a key made of its labels.
 *
 * @param parts for each cut the series of its good requests, or of its bad ones, as {@link ObjectiveCounters#numerator} says; a
 *     ratio has one cut, a latency one per boundary
 * @param total series of all requests
 * @param carries for each cut the bad requests still to be counted (above 0) or counted good before their total was seen
 *     (below 0), because the counters were read at different moments; 0 in a reading
 * @param processStart when its process was started, in seconds since 1970; 0 when the source does not tell
 * @param history what its earlier readings told; null in a reading
 */
public record PodCounters(
        List<Map<String, Double>> parts,
        Map<String, Double> total,
        List<Double> carries,
        double processStart,
        @Nullable ProcessHistory history) {
    public PodCounters {
        parts = parts.stream().map(Map::copyOf).toList();
        total = Map.copyOf(total);
        carries = List.copyOf(carries);
    }

    /** Counters as read. */
    public PodCounters(List<Map<String, Double>> parts, Map<String, Double> total) {
        this(parts, total, Collections.nCopies(parts.size(), 0.0), 0, null);
    }

    /** Counters of a ratio as read: its good or its bad requests, and all. */
    public static PodCounters ofRatio(Map<String, Double> part, Map<String, Double> total) {
        return new PodCounters(List.of(part), total);
    }

    /** The same with what is known of the process. */
    public PodCounters startedAt(double start) {
        return new PodCounters(parts, total, carries, start, history);
    }

    public PodCounters carrying(List<Double> due) {
        return new PodCounters(parts, total, due, processStart, history);
    }

    public PodCounters with(ProcessHistory told) {
        return new PodCounters(parts, total, carries, processStart, told);
    }

    /** When it was read last; 1970 in a reading. */
    public Instant lastRead() {
        return Instant.ofEpochMilli(ProcessHistory.of(this).readMillis());
    }

    /** What all series of its total add up to. */
    public double sum() {
        return total.values().stream().sorted().mapToDouble(Double::doubleValue).sum();
    }
}
