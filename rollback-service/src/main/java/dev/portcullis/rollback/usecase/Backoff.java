package dev.portcullis.rollback.usecase;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pause before a try is repeated: doubled each time up to the longest, then shortened by up to half at random, so that replicas and
 * services which failed together do not come back together. Thread-safe when its source is.
 *
 * @param first pause after the first try, before shortening
 * @param longest no pause is longer
 * @param longestSoon nor than this while a try costs the target nothing
 * @param random uniform in [0, 1)
 */
public record Backoff(Duration first, Duration longest, Duration longestSoon, DoubleSupplier random) {
    /** Beyond this many doublings every pause is the longest. */
    private static final int MAX_DOUBLINGS = 30;

    /** 0.5 s, 1 s, 2 s ... 30 s; ... 5 s while a try costs the target nothing. */
    public static Backoff standard(DoubleSupplier random) {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(5), random);
    }

    /** The pause after so many tries, 1 or more. */
    public Duration after(int attempts) {
        return after(attempts, longest);
    }

    /** The same while a try costs the target nothing, and users wait for it: nobody is there to be told, or a controller is waited for. */
    public Duration soon(int attempts) {
        return after(attempts, longestSoon);
    }

    private Duration after(int attempts, Duration most) {
        var doublings = Math.clamp(attempts - 1L, 0, MAX_DOUBLINGS);
        var full = Math.min(first.toMillis() << doublings, most.toMillis());
        return Duration.ofMillis(Math.round(full * (1 - random.getAsDouble() / 2)));
    }
}
