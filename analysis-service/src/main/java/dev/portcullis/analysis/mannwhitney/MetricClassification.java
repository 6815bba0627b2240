package dev.portcullis.analysis.mannwhitney;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One metric, classified.
 *
 * @param name as in the plan
 * @param classification how canary and baseline compare
 * @param bearing what that does to the score
 * @param canary the canary's windows
 * @param baseline the baseline's windows
 * @param shift by how much the canary's ratios lie higher; null when NODATA or ERROR
 * @param effect the size of the change in the plan's measure; empty when not defined, and when NODATA or ERROR
 * @param reason one line with the numbers it rests on
 */
public record MetricClassification(
        String name,
        Classification classification,
        Bearing bearing,
        ArmSummary canary,
        ArmSummary baseline,
        @Nullable Shift shift,
        OptionalDouble effect,
        String reason) {
    static MetricClassification notCompared(
            String name,
            Classification classification,
            Bearing bearing,
            ArmSummary canary,
            ArmSummary baseline,
            String reason) {
        return new MetricClassification(
                name, classification, bearing, canary, baseline, null, OptionalDouble.empty(), reason);
    }
}
