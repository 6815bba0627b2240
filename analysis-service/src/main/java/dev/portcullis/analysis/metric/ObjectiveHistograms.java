package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** Every histogram of both arms. */
    public List<Histogram> all() {
        return Stream.concat(canary.values().stream(), baseline.values().stream())
                .flatMap(pod -> pod.series().values().stream())
                .toList();
    }

    /** Every histogram of the baseline. */
    public List<Histogram> ofBaseline() {
        return baseline.values().stream()
                .flatMap(pod -> pod.series().values().stream())
                .toList();
    }
}
