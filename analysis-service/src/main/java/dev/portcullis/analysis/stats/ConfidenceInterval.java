package dev.portcullis.analysis.stats;

import java.util.OptionalDouble;

/**
 * A confidence interval that holds at all looks at once.
 *
 * @param lower the truth is at or above it; empty where the counts exclude nothing yet
 * @param upper the truth is at or below it; empty where the counts exclude nothing yet
 */
public record ConfidenceInterval(OptionalDouble lower, OptionalDouble upper) {}
