package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * Raw cumulative counters of one pod: each series it exposes, by a key made of its labels. One of good and bad is empty, as the indicator has it.
 *
 * @param good series of good requests
 * @param bad series of bad requests
 * @param total series of all requests
 * @param carry bad requests still to be counted (above 0) or counted good before their total was seen (below 0), because the
 *     counters were read at different moments; 0 in a reading
 */
public record PodCounters(Map<String, Double> good, Map<String, Double> bad, Map<String, Double> total, double carry) {
    public PodCounters {
        good = Map.copyOf(good);
        bad = Map.copyOf(bad);
        total = Map.copyOf(total);
    }

    /** Counters as read. */
    public PodCounters(Map<String, Double> good, Map<String, Double> bad, Map<String, Double> total) {
        this(good, bad, total, 0);
    }
}
