package dev.portcullis.analysis.run;

import org.jspecify.annotations.Nullable;

/**
 * Which analyses to list.
 *
 * @param service only of this service; null for all
 * @param state only in this state; null for all
 * @param purpose only of this purpose; null for all
 */
public record RunFilter(
        @Nullable String service,
        @Nullable AnalysisState state,
        @Nullable Purpose purpose) {
    /** A filter of analyses of any purpose. */
    public RunFilter(@Nullable String service, @Nullable AnalysisState state) {
        this(service, state, null);
    }
}
