package dev.portcullis.analysis.metric;

import org.jspecify.annotations.Nullable;

/**
 * What tells the canary's series from the baseline's.
 *
 * @param label name of the label
 * @param canary its value on the canary's series
 * @param baseline its value on the baseline's series; null when there is no baseline
 */
public record Arms(String label, String canary, @Nullable String baseline) {}
