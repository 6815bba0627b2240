package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisNotFoundException;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Ends the measuring of an analysis. */
public final class CancelAnalysis {
    /** A poll may come in between, but polls of one analysis are far apart. */
    private static final int ATTEMPTS = 10;

    private final AnalysisRuns runs;
    private final MeasureHistory history;
    private final Clock clock;

    public CancelAnalysis(AnalysisRuns runs, MeasureHistory history, Clock clock) {
        this.runs = runs;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Ends it; one that has ended already is answered unchanged.
     *
     * @param reason why; kept with the analysis
     * @throws AnalysisNotFoundException when there is none of that id
     */
    public AnalysisRun cancel(UUID id, String reason) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var run = runs.find(id).orElseThrow(() -> new AnalysisNotFoundException(id));
            if (!run.isRunning()) {
                return run;
            }
            var cancelled = run.cancelled(reason, clock.instant());
            if (runs.save(cancelled, List.of())) {
                history.ended(cancelled);
                return cancelled;
            }
        }
        throw new IllegalStateException("analysis " + id + " changed " + ATTEMPTS
                + " times while it was being cancelled; it continues; cancel it again");
    }
}
