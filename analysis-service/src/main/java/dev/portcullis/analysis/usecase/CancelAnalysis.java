package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisNotFoundException;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.UnreadableRecordException;
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
     * @throws UnreadableRecordException when its record cannot be read; it has ended all the same, unless a newer version of the service wrote it
     */
    public AnalysisRun cancel(UUID id, String reason) {
        try {
            return readAndCancel(id, reason);
        } catch (UnreadableRecordException e) {
            throw e.newer() ? leftAlone(e) : endedUnread(id, reason, e);
        }
    }

    /** What a newer version means by a row is not known here. */
    private static UnreadableRecordException leftAlone(UnreadableRecordException fault) {
        return new UnreadableRecordException(
                fault.why() + "; it was not cancelled: cancel it again once that version of analysis-service answers",
                true,
                fault);
    }

    /** Nobody polls it, so that without this it would run for ever. */
    private UnreadableRecordException endedUnread(UUID id, String reason, UnreadableRecordException fault) {
        runs.cancelUnread(id, reason, clock.instant());
        return new UnreadableRecordException(
                fault.why() + "; it has ended all the same, and its record stays as it is", false, fault);
    }

    private AnalysisRun readAndCancel(UUID id, String reason) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var run = runs.find(id).orElseThrow(() -> new AnalysisNotFoundException(id));
            if (!run.isRunning()) {
                return run;
            }
            var cancelled = run.cancelled(reason, clock.instant());
            if (runs.save(cancelled, List.of())) {
                history.ended(cancelled);
                return cancelled.saved();
            }
        }
        throw new IllegalStateException("analysis " + id + " changed " + ATTEMPTS
                + " times while it was being cancelled; it continues; cancel it again");
    }
}
