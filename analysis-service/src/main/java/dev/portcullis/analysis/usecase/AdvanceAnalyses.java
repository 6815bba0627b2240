package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.DueRun;
import dev.portcullis.analysis.run.RunEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Polls all due analyses of a shard, side by side. A slow one is left behind and finishes by itself, a failing one is put off; neither holds the others up.
 * Thread-safe.
 */
public final class AdvanceAnalyses {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_PER_TICK = 1_000;
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);

    private final AnalysisRuns runs;
    private final AdvanceAnalysis one;
    private final RunEvents events;
    private final Clock clock;
    private final ExecutorService threads;
    private final Duration patience;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * @param threads a thread per poll
     * @param patience how long a tick waits for its polls before it leaves them behind
     */
    public AdvanceAnalyses(
            AnalysisRuns runs,
            AdvanceAnalysis one,
            RunEvents events,
            Clock clock,
            ExecutorService threads,
            Duration patience) {
        this.runs = runs;
        this.one = one;
        this.events = events;
        this.clock = clock;
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Polls what is due now.
     *
     * @return how many polls were begun
     */
    public int tick(int shard) throws InterruptedException {
        var due = runs.due(shard, clock.instant(), MOST_PER_TICK).stream()
                .filter(run -> underWay.add(run.id()))
                .toList();
        var open = new CountDownLatch(due.size());
        due.forEach(run -> threads.execute(() -> advance(run, open)));
        open.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return due.size();
    }

    private void advance(DueRun due, CountDownLatch open) {
        try {
            places.acquire();
            try {
                one.advance(due);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            events.failed(due.id(), e);
            postpone(due.id());
        } finally {
            underWay.remove(due.id());
            open.countDown();
        }
    }

    private void postpone(UUID id) {
        try {
            runs.postpone(id, clock.instant().plus(AFTER_A_FAULT));
        } catch (RuntimeException e) {
            // The store is away: the analysis stays due, and the next tick finds it.
            events.failed(id, e);
        }
    }
}
