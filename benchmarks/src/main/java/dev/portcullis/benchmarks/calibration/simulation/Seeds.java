package dev.portcullis.benchmarks.calibration.simulation;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A source of random numbers for every run of every experiment, so that what a run draws depends neither on the runs before it nor on the thread it is on.
 *
 * @param seed of the whole simulation
 */
record Seeds(long seed) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    UniformRandomProvider of(String experiment, int run) {
        var mixed = mix(seed + GOLDEN);
        for (var i = 0; i < experiment.length(); i++) {
            mixed = mix((mixed ^ experiment.charAt(i)) + GOLDEN);
        }
        RandomGenerator generator = GENERATORS.create(mix(mixed + run * GOLDEN));
        return generator::nextLong;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators"). */
    private static long mix(long z) {
        var once = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        var twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
