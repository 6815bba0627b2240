package dev.portcullis.analysis.mannwhitney;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a canary is scored by, fixed before its first window.
 *
 * @param tolerance a shift counts when its confidence interval lies beyond this share of its own estimate, 0 to 1;
 *     Kayenta has 0.25
 * @param confidence coverage of that interval at one look, 0.5 to 0.9999; Kayenta has 0.98
 * @param minWindows windows with requests that each arm needs; below, a metric is NODATA. From the fewest that can be
 *     significant at the confidence (5 for 0.98), to 100000. Kayenta has no minimum
 * @param passScore PASS at this score or above, 0 to 100
 * @param marginalScore FAIL below this score, 0 to passScore
 * @param groupWeights the share of the score of some groups, each 0 to 100. The groups without a weight divide what is left
 *     of 100 equally, as in Kayenta
 * @param metrics one or more, names unique, at least one not muted
 */
public record ScorePlan(
        double tolerance,
        double confidence,
        int minWindows,
        double passScore,
        double marginalScore,
        Map<String, Double> groupWeights,
        List<MetricPlan> metrics) {
    /** Kayenta's hard-wired tolerance. */
    public static final double DEFAULT_TOLERANCE = 0.25;
    /** Kayenta's hard-wired confidence. */
    public static final double DEFAULT_CONFIDENCE = 0.98;
    /** What Spinnaker's "Best practices for configuring canary" asks for; Kayenta doesn't enforce it. */
    public static final int DEFAULT_MIN_WINDOWS = 50;
    /** The value Spinnaker's best practices start with. */
    public static final double DEFAULT_PASS_SCORE = 95;
    /** The value Spinnaker's best practices start with. */
    public static final double DEFAULT_MARGINAL_SCORE = 75;

    /**
     * Refuses a plan that could never decide, or would leave a metric out silently.
     *
     * @throws InvalidScorePlanException naming {@code tolerance}, {@code confidence}, {@code min_windows},
     *     {@code pass_score}, {@code marginal_score}, {@code metrics} or {@code group_weights}
     */
    public ScorePlan {
        InvalidScorePlanException.requireBetween("tolerance", tolerance, 0, 1);
        InvalidScorePlanException.requireBetween("confidence", confidence, 0.5, 0.9999);
        requireMinWindows(minWindows, confidence);
        InvalidScorePlanException.requireBetween("pass_score", passScore, 0, GroupWeights.WHOLE);
        InvalidScorePlanException.requireBetween("marginal_score", marginalScore, 0, passScore);
        metrics = List.copyOf(metrics);
        requireMetrics(metrics);
        groupWeights = Collections.unmodifiableSortedMap(new TreeMap<>(groupWeights));
        GroupWeights.of(groupWeights, metrics);
    }

    /** A plan of these metrics with every default. */
    public static ScorePlan of(List<MetricPlan> metrics) {
        return new ScorePlan(
                DEFAULT_TOLERANCE,
                DEFAULT_CONFIDENCE,
                DEFAULT_MIN_WINDOWS,
                DEFAULT_PASS_SCORE,
                DEFAULT_MARGINAL_SCORE,
                Map.of(),
                metrics);
    }

    /** The share of the score of every group that has a metric which is not muted; together 100. */
    SortedMap<String, Double> shares() {
        return GroupWeights.of(groupWeights, metrics);
    }

    private static void requireMinWindows(int minWindows, double confidence) {
        int fewest = 1;
        while (!MannWhitney.bounded(fewest, confidence)) {
            fewest++;
        }
        if (minWindows < fewest || minWindows > 100_000) {
            throw new InvalidScorePlanException(
                    "min_windows",
                    minWindows,
                    "in [" + fewest + ", 100000]; with fewer nothing is significant at confidence " + confidence);
        }
    }

    private static void requireMetrics(List<MetricPlan> metrics) {
        if (metrics.stream().allMatch(MetricPlan::muted)) {
            throw new InvalidScorePlanException(
                    "metrics", metrics.stream().map(MetricPlan::name).toList(), "one or more that are not muted");
        }
        Set<String> names = new HashSet<>();
        for (MetricPlan metric : metrics) {
            if (!names.add(metric.name())) {
                throw new InvalidScorePlanException("metrics", metric.name() + " twice", "given once by each name");
            }
        }
    }
}
