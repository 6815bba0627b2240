package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Ratios of the past, read once for all who ask at the same time and kept for a while: a whole period is many samples, and somebody's
 * dashboard asks every few seconds. What was answered is kept for 30 s; whatever it was, ten times as long as it took to read, so that one
 * SLO never keeps its source busy for more than a tenth of the time. Thread-safe.
 */
public final class RecentRatios {
    /** How long an answer is kept at least. */
    public static final Duration KEPT = Duration.ofSeconds(30);

    private static final int TIMES_AS_LONG_AS_IT_TOOK = 10;

    private record Key(BudgetedSlo slo, BurnRateRows rows) {}

    private record Entry(BadRatios ratios, Instant keptUntil) {}

    private final Map<Key, CompletableFuture<Entry>> looks = new ConcurrentHashMap<>();
    private final BadRatioHistory history;
    private final Executor threads;
    private final InstantSource clock;

    /** @param threads on which the history is read; they block */
    public RecentRatios(BadRatioHistory history, Executor threads, InstantSource clock) {
        this.history = history;
        this.threads = threads;
        this.clock = clock;
    }

    /** The ratios of an SLO, {@link BadRatioHistory#read as it is read}; does not block, and goes on reading when nobody waits for it any more. */
    public CompletableFuture<BadRatios> of(BudgetedSlo slo, BurnRateRows rows) {
        Instant now = clock.instant();
        looks.values().removeIf(look -> isOver(look, now));
        return looks.computeIfAbsent(new Key(slo, rows), this::look).thenApply(Entry::ratios);
    }

    private CompletableFuture<Entry> look(Key key) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Instant begun = clock.instant();
                    BadRatios ratios = history.read(key.slo(), key.rows());
                    Instant ended = clock.instant();
                    return new Entry(ratios, ended.plus(kept(ratios, Duration.between(begun, ended))));
                },
                threads);
    }

    private static Duration kept(BadRatios ratios, Duration took) {
        Duration most = took.multipliedBy(TIMES_AS_LONG_AS_IT_TOOK);
        return ratios instanceof BadRatios.Known && most.compareTo(KEPT) < 0 ? KEPT : most;
    }

    private static boolean isOver(CompletableFuture<Entry> look, Instant now) {
        return switch (look.state()) {
            case RUNNING -> false;
            case SUCCESS -> !now.isBefore(look.resultNow().keptUntil());
            case FAILED, CANCELLED -> true;
        };
    }
}
