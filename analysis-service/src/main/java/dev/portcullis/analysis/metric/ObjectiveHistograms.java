package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * Raw cumulative histograms of one latency objective, by pod.
 *
 * @param canary the canary's pods
 * @param baseline the baseline's pods; empty when there is none
 */
public record ObjectiveHistograms(Map<String, PodHistograms> canary, Map<String, PodHistograms> baseline)
        implements ObjectiveReading {
    public ObjectiveHistograms {
        canary = Map.copyOf(canary);
        baseline = Map.copyOf(baseline);
    }

    @Override
    public boolean withoutCanary() {
        return canary.isEmpty();
    }
}
