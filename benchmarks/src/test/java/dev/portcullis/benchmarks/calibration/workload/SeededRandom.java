package dev.portcullis.benchmarks.calibration.workload;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;

/** The same random numbers in every test run. */
public final class SeededRandom {
    private SeededRandom() {}

    /** A new source of them. */
    public static UniformRandomProvider create() {
        return of(42);
    }

    /** The same, other numbers for another seed. */
    public static UniformRandomProvider of(int seed) {
        var random = new SplittableRandom(seed);
        return random::nextLong;
    }
}
