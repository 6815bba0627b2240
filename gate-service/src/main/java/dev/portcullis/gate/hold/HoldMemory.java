package dev.portcullis.gate.hold;

import dev.portcullis.gate.feed.Freshness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The active holds, as long as the feed of the store keeps them current: nothing is answered when its latest look is too old, or began before this process itself changed one.
 * Thread-safe, never blocks.
 */
public final class HoldMemory {
    private final LongSupplier nanos;
    private final Freshness freshness;
    private List<PromotionHold> active = List.of();
    private OptionalLong changedHere = OptionalLong.empty();

    /**
     * An empty one, of which nothing is answered yet.
     *
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     * @param goodFor the oldest look that anybody is answered by
     */
    public HoldMemory(LongSupplier nanos, Duration goodFor) {
        this.nanos = nanos;
        this.freshness = new Freshness(nanos, goodFor);
    }

    /** Those that are active; some may have expired meanwhile. Empty when they may be out of date. */
    public synchronized Optional<List<PromotionHold>> active() {
        var seen = changedHere.isEmpty() || freshness.hasLookedSince(changedHere.getAsLong());
        return seen && freshness.isCurrent() ? Optional.of(active) : Optional.empty();
    }

    /** Keeps what the feed has read, of which it has told nothing before or which has changed. */
    public synchronized void keep(List<PromotionHold> read) {
        active = List.copyOf(read);
    }

    /**
     * The feed has told everything that was written before a look.
     *
     * @param lookBegan when that began, by this object's clock
     */
    public synchronized void currentAsOf(long lookBegan) {
        freshness.looked(lookBegan);
    }

    /** The feed has a gap: nothing is known any more. */
    public synchronized void forget() {
        freshness.gap();
    }

    /** This process has just changed one: nothing is answered until the feed has looked again. */
    public synchronized void changedHere() {
        changedHere = OptionalLong.of(nanos.getAsLong());
    }
}
