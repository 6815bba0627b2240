package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.RunJudges;
import dev.portcullis.analysis.run.UnreadableRecordException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds readings to one analysis: counts the differences, judges and stores. What is read is stored together with the counters it was
 * taken from, over the version it was taken from; so of two that poll the same analysis one loses and nothing is counted twice.
 * Thread-safe.
 */
public final class AdvanceAnalysis {
    /** As many analyses as may well run at once; each keeps some KB. */
    private static final int MOST_REMEMBERED = 20_000;

    private final AnalysisRuns runs;
    private final RunEvents events;
    private final MeasureHistory history;
    private final Clock clock;
    private final RunJudges judges;

    public AdvanceAnalysis(AnalysisRuns runs, RunEvents events, MeasureHistory history, Clock clock) {
        this(runs, events, history, clock, new RunJudges(MOST_REMEMBERED));
    }

    AdvanceAnalysis(AnalysisRuns runs, RunEvents events, MeasureHistory history, Clock clock, RunJudges judges) {
        this.judges = judges;
        this.runs = runs;
        this.events = events;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds the readings. Throws what the store throws: nothing has changed then.
     *
     * @param readings by the moment they were asked for; one at least
     * @throws UnreadableRecordException when windows of it cannot be read, without which nothing of it can be judged
     */
    public void advance(AnalysisRun run, SortedMap<Instant, CounterReading> readings) {
        try {
            store(run, since(readings));
        } catch (UnreadableRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            events.failed(run.id(), e);
            // Counted as a reading that failed: what cannot be folded today must not keep the deadline from coming.
            var unusable = new CounterReading.Unreachable(
                    "the reading could not be used: " + e.getClass().getSimpleName());
            store(run, now(unusable));
        }
    }

    /**
     * Those that can be used. When the last could not be had, it failed now and not at the moment it was to be of: the next poll is
     * due after now, and asks for what was missed.
     */
    private SortedMap<Instant, CounterReading> since(SortedMap<Instant, CounterReading> readings) {
        if (readings.lastEntry().getValue() instanceof CounterReading.Unreachable failed) {
            return now(failed);
        }
        SortedMap<Instant, CounterReading> usable = new TreeMap<>(readings);
        usable.values().removeIf(CounterReading.Unreachable.class::isInstance);
        return usable;
    }

    private SortedMap<Instant, CounterReading> now(CounterReading reading) {
        return new TreeMap<>(Map.of(clock.instant(), reading));
    }

    private void store(AnalysisRun run, SortedMap<Instant, CounterReading> readings) {
        var poll = Poll.of(run, readings, judges, () -> runs.windows(run.id()));
        if (runs.save(poll.run(), poll.closed())) {
            judges.keep(poll);
            events.polled(poll);
            if (!poll.run().isRunning()) {
                history.ended(poll.run());
            }
        }
    }
}
