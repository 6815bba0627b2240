package dev.portcullis.rollback.schedule;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rollbacks that this process has begun to work on lately. While they are many, those that have been told to their targets look for the outcome later: what is
 * done for them takes time from the calls of those that are still to be told, and their users wait for these. Thread-safe.
 */
final class FirstTries {
    /** What was begun longer ago does not count. */
    static final Duration LATELY = Duration.ofSeconds(2);

    private static final int MANY = 8;

    /** When each of the last so many was begun; the oldest is at {@link #next}. */
    private final long[] begun = new long[MANY];

    private final LongSupplier nanoseconds;
    private int next;

    /** @param nanoseconds a clock that never goes back, as {@link System#nanoTime} */
    FirstTries(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        var longAgo = nanoseconds.getAsLong() - LATELY.toNanos();
        for (int i = 0; i < MANY; i++) {
            begun[i] = longAgo;
        }
    }

    /** One is begun now. */
    synchronized void add() {
        begun[next] = nanoseconds.getAsLong();
        next = (next + 1) % MANY;
    }

    /** Whether {@value #MANY} or more were begun in the last two seconds. */
    synchronized boolean areMany() {
        return nanoseconds.getAsLong() - begun[next] < LATELY.toNanos();
    }
}
