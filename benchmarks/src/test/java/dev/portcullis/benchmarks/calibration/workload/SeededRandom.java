package dev.portcullis.benchmarks.calibration.workload;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;

/** The same random numbers in every test run. */
public final class SeededRandom {
    private SeededRandom() {}

    /** A new source of them. */
    public static UniformRandomProvider create() {
        var random = new SplittableRandom(42);
        return random::nextLong;
    }
}
