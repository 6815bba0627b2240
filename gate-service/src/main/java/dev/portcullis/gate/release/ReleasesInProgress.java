package dev.portcullis.gate.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The releases in progress as they were last read, in the memory of a replica. Thread-safe, never blocks. */
public final class ReleasesInProgress {
    /** The oldest reading that anything is decided by. */
    public static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private volatile Reading last = new Reading(List.of(), 0, false);

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public ReleasesInProgress(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Reading(List<ReleaseInProgress> releases, long began, boolean known) {}

    /** The time of a reading that begins now. */
    public long now() {
        return nanos.getAsLong();
    }

    /**
     * Remembers what was read.
     *
     * @param began when that was begun, by {@link #now}
     */
    public void read(List<ReleaseInProgress> releases, long began) {
        last = new Reading(List.copyOf(releases), began, true);
    }

    /** Those that are known, in the order in which they were opened; empty when they were not read lately. */
    public Optional<List<ReleaseInProgress>> find() {
        var reading = last;
        return reading.known() && nanos.getAsLong() - reading.began() <= GOOD_FOR.toNanos()
                ? Optional.of(reading.releases())
                : Optional.empty();
    }
}
