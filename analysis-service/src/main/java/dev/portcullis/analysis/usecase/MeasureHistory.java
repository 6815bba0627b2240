package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.StableHistories;
import dev.portcullis.analysis.run.StableHistory;
import java.time.Clock;
import java.time.Instant;

/**
 * Measures anew how the stable version of a service behaves, whenever an analysis has ended and its windows have become past. Nothing
 * of the analysis depends on it: a measurement that fails is reported and left for the next time. Thread-safe.
 */
public final class MeasureHistory {
    /** About sixteen hours of windows of 30 s. */
    private static final int MOST_WINDOWS = 2_000;

    private final StableHistories histories;
    private final RunEvents events;
    private final Clock clock;

    public MeasureHistory(StableHistories histories, RunEvents events, Clock clock) {
        this.histories = histories;
        this.events = events;
        this.clock = clock;
    }

    /** After an analysis has ended; a recovery has no baseline that anything could be learnt of. */
    void ended(AnalysisRun run) {
        if (run.plan().isRecovery()) {
            return;
        }
        var service = run.plan().objectives().service();
        try {
            var history = measured(histories, service, clock.instant());
            histories.save(service, history);
            events.measured(service, history);
        } catch (RuntimeException e) {
            events.failed(run.id(), e);
        }
    }

    /** What the windows of the service's analyses tell now. */
    static StableHistory measured(StableHistories histories, String service, Instant now) {
        return StableHistory.of(histories.windows(service, MOST_WINDOWS), now);
    }
}
