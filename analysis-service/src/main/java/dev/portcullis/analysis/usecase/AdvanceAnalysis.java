package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.Meter;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.DueRun;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.TraceContinuation;
import java.time.Clock;
import java.time.Instant;

/**
 * Polls one analysis: reads its counters, adds the difference, judges and stores. What is read is stored together with the counters it was taken from, over the
 * version it was taken from; so of two that poll the same analysis one loses and nothing is counted twice. Thread-safe.
 */
public final class AdvanceAnalysis {
    private final AnalysisRuns runs;
    private final Meter meter;
    private final RunEvents events;
    private final MeasureHistory history;
    private final TraceContinuation traces;
    private final Clock clock;

    public AdvanceAnalysis(
            AnalysisRuns runs,
            Meter meter,
            RunEvents events,
            MeasureHistory history,
            TraceContinuation traces,
            Clock clock) {
        this.runs = runs;
        this.meter = meter;
        this.events = events;
        this.history = history;
        this.traces = traces;
        this.clock = clock;
    }

    /** Polls it, as a part of the trace it began in. Throws what the store throws: nothing has changed then. */
    public void advance(DueRun due) {
        traces.continuing(due.traceparent(), "poll analysis", () -> {
            // Somebody else may have polled it, or ended it, since it was found due.
            var run = runs.find(due.id()).filter(r -> r.isDue(clock.instant()));
            run.ifPresent(this::poll);
            return run.isPresent();
        });
    }

    private void poll(AnalysisRun run) {
        var now = clock.instant();
        try {
            store(
                    run,
                    meter.read(run.plan().objectives().objectives(), run.plan().arms()),
                    now);
        } catch (RuntimeException e) {
            events.failed(run.id(), e);
            // Counted as a reading that failed: what cannot be folded today must not keep the deadline from coming.
            store(
                    run,
                    new MeterReading.Unreachable(
                            "the reading could not be used: " + e.getClass().getSimpleName()),
                    now);
        }
    }

    private void store(AnalysisRun run, MeterReading reading, Instant now) {
        var poll = Poll.of(run, reading, now, () -> runs.windows(run.id()));
        if (runs.save(poll.run(), poll.closed())) {
            events.polled(poll);
            if (!poll.run().isRunning()) {
                history.ended(poll.run());
            }
        }
    }
}
