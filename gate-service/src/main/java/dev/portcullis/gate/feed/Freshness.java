package dev.portcullis.gate.feed;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How old the news of a feed are: since when the look goes that told the latest. A feed tells everything that was written before each of its looks, from its first one
 * on until it has a gap. Not thread-safe: belongs to whoever keeps what is told.
 */
public final class Freshness {
    private final LongSupplier nanos;
    private final long goodFor;
    private boolean begun;
    private long latest;
    private long gaps;

    /**
     * Of a feed that has not begun.
     *
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     * @param goodFor how old news may be and still be answered with
     */
    public Freshness(LongSupplier nanos, Duration goodFor) {
        this.nanos = nanos;
        this.goodFor = goodFor.toNanos();
    }

    /** Whether what was told may be answered with. */
    public boolean isCurrent() {
        return begun && nanos.getAsLong() - latest <= goodFor;
    }

    /** Whether the latest look began after a moment of the clock. */
    public boolean hasLookedSince(long moment) {
        return begun && latest - moment > 0;
    }

    /** Everything that was written before a look was told; one that began earlier than another changes nothing. */
    public void looked(long lookBegan) {
        // Whoever claims to have looked in the future has a clock that went wrong.
        var believed = Math.min(lookBegan, nanos.getAsLong());
        latest = begun ? Math.max(latest, believed) : believed;
        begun = true;
    }

    /** From now on something is not told, until the feed begins anew. */
    public void gap() {
        begun = false;
        gaps++;
    }

    /** Whether all changes since a gap are told, so that what is read now can be kept current. */
    public boolean hasBegun() {
        return begun;
    }

    /** How many gaps there were. */
    public long gaps() {
        return gaps;
    }
}
