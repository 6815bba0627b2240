package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the folding of an analysis' counters needs to know of its plan.
 *
 * @param thresholds slowest good latency, by name of a latency objective
 * @param compares whether there is a baseline
 * @param warmUp time after the first sight of a pod in which its requests are not counted; 0 for none
 * @param begin when the analysis began: of a process that was started later all requests belong to it
 */
public record FoldRules(Map<String, Double> thresholds, boolean compares, Duration warmUp, Instant begin) {
    public FoldRules {
        thresholds = Map.copyOf(thresholds);
    }

    /** The rules for these objectives. */
    public static FoldRules of(List<Objective> objectives, Arms arms, Duration warmUp, Instant begin) {
        Map<String, Double> thresholds = new HashMap<>();
        for (Objective objective : objectives) {
            if (objective.indicator() instanceof LatencyIndicator latency) {
                thresholds.put(objective.name(), latency.threshold());
            }
        }
        return new FoldRules(thresholds, arms.baseline() != null, warmUp, begin);
    }
}
