package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisChanges;
import dev.portcullis.analysis.run.AnalysisRuns;
import java.util.function.LongSupplier;

/** Follows the analyses of all releases, whichever replica changes them. Thread-safe. */
public final class WatchAnalyses {
    private final AnalysisChanges changes;
    private final AnalysisRuns runs;
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public WatchAnalyses(AnalysisChanges changes, AnalysisRuns runs, LongSupplier nanos) {
        this.changes = changes;
        this.runs = runs;
        this.nanos = nanos;
    }

    /**
     * Begins to watch.
     *
     * @param position where an earlier watch had come to; empty = now
     */
    public AnalysisWatch begin(String position) {
        return new AnalysisWatch(changes, runs, nanos, position);
    }
}
