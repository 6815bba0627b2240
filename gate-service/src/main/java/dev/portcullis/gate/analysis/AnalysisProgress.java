package dev.portcullis.gate.analysis;

import java.time.Instant;

/**
 * How far an analysis had come when it was seen.
 *
 * @param windows closed windows, 0 or more; -1 = nothing was seen yet
 * @param changed when the analysis had last changed, by its own clock
 */
public record AnalysisProgress(int windows, Instant changed) {
    /** Before anything was seen. */
    public static final AnalysisProgress NEVER = new AnalysisProgress(-1, Instant.EPOCH);

    /** Whether this was seen of an earlier stage of the same analysis. */
    public boolean before(AnalysisProgress other) {
        return windows != other.windows ? windows < other.windows : changed.isBefore(other.changed);
    }
}
