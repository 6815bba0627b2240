package dev.portcullis.analysis.mannwhitney;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the groups of metrics divide the score.
 *
 * <p>Kayenta's rule, with the faults refused that it scores silently: weights over 100, a weight for a group without
 * metrics (its share could never be reached), groups that nothing is left for (they would never count).
 */
final class GroupWeights {
    /** The highest score. */
    static final double WHOLE = 100;

    /** Thirds and the like need not add up to the last digit. */
    private static final double ROUNDING = 1e-6;

    private static final String FIELD = "group_weights";

    private GroupWeights() {}

    /**
     * The share of each group, by name.
     *
     * @throws InvalidScorePlanException naming {@code group_weights}
     */
    static SortedMap<String, Double> of(Map<String, Double> given, Iterable<MetricPlan> metrics) {
        SortedSet<String> groups = groups(metrics);
        double sum = 0;
        for (Map.Entry<String, Double> weight : new TreeMap<>(given).entrySet()) {
            if (!groups.contains(weight.getKey())) {
                throw new InvalidScorePlanException(
                        FIELD, "for " + weight.getKey(), "for a group that has a metric which counts: " + groups);
            }
            InvalidScorePlanException.requireBetween(FIELD + "." + weight.getKey(), weight.getValue(), 0, WHOLE);
            sum += weight.getValue();
        }
        return completed(given, groups, sum);
    }

    private static SortedMap<String, Double> completed(
            Map<String, Double> given, SortedSet<String> groups, double sum) {
        SortedMap<String, Double> shares = new TreeMap<>(given);
        SortedSet<String> others = new TreeSet<>(groups);
        others.removeAll(given.keySet());
        double left = WHOLE - sum;
        if (left < -ROUNDING || (others.isEmpty() && left > ROUNDING)) {
            throw new InvalidScorePlanException(FIELD, "together " + sum, "together " + WHOLE);
        }
        if (!others.isEmpty() && left <= ROUNDING) {
            throw new InvalidScorePlanException(
                    FIELD,
                    "together " + sum,
                    "less than " + WHOLE + ", or given for " + others + " as well (0 is legal)");
        }
        others.forEach(group -> shares.put(group, left / others.size()));
        return Collections.unmodifiableSortedMap(shares);
    }

    private static SortedSet<String> groups(Iterable<MetricPlan> metrics) {
        SortedSet<String> groups = new TreeSet<>();
        for (MetricPlan metric : metrics) {
            if (!metric.muted()) {
                groups.addAll(metric.groups());
            }
        }
        return groups;
    }
}
