package dev.portcullis.analysis.mannwhitney;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One metric under judgement, here a ratio objective.
 *
 * @param name the objective's name; not blank
 * @param groups groups whose scores it is a part of; one or more, each not blank. Kayenta leaves a metric without a group
 *     out of the score; here it needs one, and {@code muted} says the other
 * @param direction which change is a failure
 * @param nanStrategy what becomes of windows without requests
 * @param outliers which values are left out
 * @param effect how large a change has to be
 * @param critical whether a failure makes the whole score 0; not together with muted
 * @param mustHaveData whether a canary without requests, while the baseline has some, is a failure of the metric
 * @param muted whether it is shown only
 */
public record MetricPlan(
        String name,
        Set<String> groups,
        Direction direction,
        NanStrategy nanStrategy,
        Outliers outliers,
        EffectLimits effect,
        boolean critical,
        boolean mustHaveData,
        boolean muted) {
    /** The group of a metric that names none. */
    public static final String DEFAULT_GROUP = "default";

    /**
     * Refuses a metric that cannot be judged.
     *
     * @throws InvalidScorePlanException naming {@code name}, {@code groups} or {@code critical}
     */
    public MetricPlan {
        requireText("name", name);
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        if (groups.isEmpty()) {
            throw new InvalidScorePlanException("groups", groups, "one group or more, for " + name);
        }
        groups.forEach(group -> requireText("groups", group));
        if (critical && muted) {
            throw new InvalidScorePlanException("critical", critical, "false when muted, which " + name + " is");
        }
    }

    /** A ratio of bad requests with the defaults: an increase fails it, in the default group. */
    public static MetricPlan badRatio(String name) {
        return new MetricPlan(
                name,
                Set.of(DEFAULT_GROUP),
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                EffectLimits.NONE,
                false,
                false,
                false);
    }

    private static void requireText(String field, String text) {
        if (text.isBlank()) {
            throw new InvalidScorePlanException(field, "\"" + text + "\"", "a name that is not blank");
        }
    }
}
