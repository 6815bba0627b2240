package dev.portcullis.analysis.mannwhitney;

import java.util.OptionalDouble;

/**
 * How large a significant change has to be to count; Kayenta's {@code effectSize}. As there, a size that is not defined
 * (a mean of 0) excuses nothing: the change counts.
 *
 * @param measure what the limits are in
 * @param allowedIncrease a metric is HIGH only at this size or above; from {@link EffectMeasure#noChange} (which allows
 *     none, the default) to 1e9 of a mean ratio, 1 of a CLES
 * @param allowedDecrease LOW only at this size or below; from 0 to {@link EffectMeasure#noChange} (the default)
 * @param criticalIncrease a critical metric that is HIGH fails the canary outright at this size or above; from
 *     allowedIncrease (the default)
 * @param criticalDecrease a critical metric that is LOW fails the canary outright at this size or below; from 0 to allowedDecrease (the default)
 */
public record EffectLimits(
        EffectMeasure measure,
        double allowedIncrease,
        double allowedDecrease,
        double criticalIncrease,
        double criticalDecrease) {
    /** Every significant change counts, and is critical where the metric is. */
    public static final EffectLimits NONE = new EffectLimits(EffectMeasure.MEAN_RATIO, 1, 1, 1, 1);

    /**
     * Refuses limits that no change could meet, or that would have no effect.
     *
     * @throws InvalidScorePlanException naming {@code effect.allowed_increase}, {@code effect.allowed_decrease},
     *     {@code effect.critical_increase} or {@code effect.critical_decrease}
     */
    public EffectLimits {
        double none = measure.noChange();
        InvalidScorePlanException.requireBetween("effect.allowed_increase", allowedIncrease, none, measure.largest());
        InvalidScorePlanException.requireBetween("effect.allowed_decrease", allowedDecrease, 0, none);
        InvalidScorePlanException.requireBetween(
                "effect.critical_increase", criticalIncrease, allowedIncrease, measure.largest());
        InvalidScorePlanException.requireBetween("effect.critical_decrease", criticalDecrease, 0, allowedDecrease);
    }

    boolean allowsIncrease(OptionalDouble size) {
        return size.isPresent() && size.getAsDouble() < allowedIncrease;
    }

    boolean allowsDecrease(OptionalDouble size) {
        return size.isPresent() && size.getAsDouble() > allowedDecrease;
    }

    boolean criticalIncrease(OptionalDouble size) {
        return size.isEmpty() || size.getAsDouble() >= criticalIncrease;
    }

    boolean criticalDecrease(OptionalDouble size) {
        return size.isEmpty() || size.getAsDouble() <= criticalDecrease;
    }
}
