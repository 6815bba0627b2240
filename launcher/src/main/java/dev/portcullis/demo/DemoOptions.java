package dev.portcullis.demo;

import java.time.Duration;

/**
 * How to play the demo.
 *
 * @param once one good release, one bad one, then the end; otherwise on and on until interrupted
 * @param limit for everything with {@code once}, else for each release
 * @param requestsPerSecond over the whole shop, above 0
 * @param seed of every draw and of the versions' hashes
 */
public record DemoOptions(boolean once, Duration limit, double requestsPerSecond, long seed) {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final double REQUESTS_PER_SECOND = 6000;
    private static final long SEED = 20260101;

    /** The demo that ends by itself. */
    public static DemoOptions toTheEnd() {
        return new DemoOptions(true, LIMIT, REQUESTS_PER_SECOND, SEED);
    }

    /** The demo that goes on until it is stopped. */
    public static DemoOptions endless() {
        return new DemoOptions(false, LIMIT, REQUESTS_PER_SECOND, SEED);
    }
}
