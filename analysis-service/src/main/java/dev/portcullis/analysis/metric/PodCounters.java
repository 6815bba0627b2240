package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * Raw cumulative counters of one pod: each series it exposes, by a key made of its labels. One of good and bad is empty, as the indicator has it.
 *
 * @param good series of good requests
 * @param bad series of bad requests
 * @param total series of all requests
 */
public record PodCounters(Map<String, Double> good, Map<String, Double> bad, Map<String, Double> total) {
    public PodCounters {
        good = Map.copyOf(good);
        bad = Map.copyOf(bad);
        total = Map.copyOf(total);
    }
}
