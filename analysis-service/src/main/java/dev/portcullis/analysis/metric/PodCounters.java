package dev.portcullis.analysis.metric;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Raw cumulative counters of one pod: each series it exposes, by a key made of its labels.
 *
 * @param parts for each cut the series of its good requests, or of its bad ones, as {@link ObjectiveCounters#counted} says; a
 *     ratio has one cut, a latency one per boundary
 * @param total series of all requests
 * @param carries for each cut the bad requests still to be counted (above 0) or counted good before their total was seen
 *     (below 0), because the counters were read at different moments; 0 in a reading
 */
public record PodCounters(List<Map<String, Double>> parts, Map<String, Double> total, List<Double> carries) {
    public PodCounters {
        parts = parts.stream().map(Map::copyOf).toList();
        total = Map.copyOf(total);
        carries = List.copyOf(carries);
    }

    /** Counters as read. */
    public PodCounters(List<Map<String, Double>> parts, Map<String, Double> total) {
        this(parts, total, Collections.nCopies(parts.size(), 0.0));
    }

    /** Counters of a ratio as read: its good or its bad requests, and all. */
    public static PodCounters ofRatio(Map<String, Double> part, Map<String, Double> total) {
        return new PodCounters(List.of(part), total);
    }
}
