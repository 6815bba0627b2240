package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.TraceContinuation;
import dev.portcullis.analysis.run.UnreadableRecordException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Polls all due analyses, those of the same sources together. A slow source is left behind and finishes by itself, a failing analysis
 * is put off; neither holds the others up. Thread-safe.
 */
public final class AdvanceAnalyses {
    /** Analyses whose readings are folded and stored at the same time. */
    private static final int MOST_AT_ONCE = 16;

    private static final int MOST_PER_TICK = 5_000;
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);

    /** What is stored does not become readable by itself. */
    private static final Duration AFTER_UNREADABLE = Duration.ofMinutes(1);

    private final AnalysisRuns runs;
    private final CounterReader reader;
    private final AdvanceAnalysis one;
    private final RunEvents events;
    private final TraceContinuation traces;
    private final Clock clock;
    private final ExecutorService threads;
    private final Duration patience;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Instant> leftAlone = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * @param threads a thread per poll
     * @param patience how long a tick waits for its polls before it leaves them behind
     */
    public AdvanceAnalyses(
            AnalysisRuns runs,
            CounterReader reader,
            AdvanceAnalysis one,
            RunEvents events,
            TraceContinuation traces,
            Clock clock,
            ExecutorService threads,
            Duration patience) {
        this.runs = runs;
        this.reader = reader;
        this.one = one;
        this.events = events;
        this.traces = traces;
        this.clock = clock;
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Polls what is due now.
     *
     * @return how many polls were begun
     */
    public int tick() throws InterruptedException {
        var due = begin();
        var rounds = PollBatch.of(due, reader, clock.instant());
        var open = new CountDownLatch(due.size());
        rounds.forEach(batch -> threads.execute(() -> advance(batch, open)));
        open.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return due.size();
    }

    /** What is due and not under way, and is so from now on. */
    private List<AnalysisRun> begin() {
        leftAlone.values().removeIf(until -> until.isBefore(clock.instant()));
        var ids = runs.due(clock.instant(), MOST_PER_TICK).stream()
                .filter(id -> !leftAlone.containsKey(id))
                .filter(underWay::add)
                .toList();
        try {
            // Somebody else may have polled it, or ended it, since it was found due.
            var due = ids.isEmpty()
                    ? List.<AnalysisRun>of()
                    : runs.findAll(ids, this::unreadable).stream()
                            .filter(run -> run.isDue(clock.instant()))
                            .toList();
            var known = due.stream().map(AnalysisRun::id).collect(Collectors.toSet());
            ids.stream().filter(id -> !known.contains(id)).forEach(underWay::remove);
            return due;
        } catch (RuntimeException e) {
            ids.forEach(underWay::remove);
            throw e;
        }
    }

    private void advance(PollBatch batch, CountDownLatch open) {
        if (batch.runs().size() == 1) {
            var run = batch.runs().getFirst();
            // The whole poll, its reading too, is a part of the trace the analysis began in.
            guarded(
                    run,
                    open,
                    () -> traces.continuing(run.plan().traceparent(), "poll analysis", () -> {
                        one.advance(run, read(batch).getFirst());
                        return true;
                    }));
            return;
        }
        var readings = traces.joining(traceparents(batch), "read counters", () -> read(batch));
        for (int i = 0; i < readings.size(); i++) {
            var run = batch.runs().get(i);
            var taken = readings.get(i);
            threads.execute(() -> guarded(run, open, () -> store(run, taken)));
        }
    }

    private static List<String> traceparents(PollBatch batch) {
        return batch.runs().stream().map(run -> run.plan().traceparent()).toList();
    }

    private List<SortedMap<Instant, CounterReading>> read(PollBatch batch) {
        try {
            return batch.read(reader, clock);
        } catch (RuntimeException e) {
            batch.runs().forEach(run -> events.failed(run.id(), e));
            return batch.all(new CounterReading.Unreachable(
                    "the reading could not be used: " + e.getClass().getSimpleName()));
        }
    }

    private void store(AnalysisRun run, SortedMap<Instant, CounterReading> taken) {
        places.acquireUninterruptibly();
        try {
            traces.continuing(run.plan().traceparent(), "poll analysis", () -> {
                one.advance(run, taken);
                return true;
            });
        } finally {
            places.release();
        }
    }

    private void guarded(AnalysisRun run, CountDownLatch open, Runnable work) {
        try {
            work.run();
        } catch (UnreadableRecordException e) {
            unreadable(run.id(), e);
        } catch (RuntimeException e) {
            failed(run.id(), e);
        } finally {
            underWay.remove(run.id());
            open.countDown();
        }
    }

    /** Nothing of it is written over. What a newer version wrote stays due, so that a process of that version finds it at once. */
    private void unreadable(UUID id, UnreadableRecordException fault) {
        events.unreadable(id, fault);
        if (fault.newer()) {
            leftAlone.put(id, clock.instant().plus(AFTER_UNREADABLE));
        } else {
            postpone(id, AFTER_UNREADABLE);
        }
    }

    private void failed(UUID id, RuntimeException fault) {
        events.failed(id, fault);
        postpone(id, AFTER_A_FAULT);
    }

    private void postpone(UUID id, Duration pause) {
        try {
            runs.postpone(id, clock.instant().plus(pause));
        } catch (RuntimeException e) {
            // The store is away: the analysis stays due, and the next tick finds it.
            events.failed(id, e);
        }
    }
}
