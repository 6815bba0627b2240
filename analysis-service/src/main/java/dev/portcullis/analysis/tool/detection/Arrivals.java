package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.evidence.Counts;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * Requests that come at random and fail independently of each other: good and bad ones are then independent Poisson
 * numbers, at any ratio.
 */
final class Arrivals {
    /** Chance is less than a ten thousandth of a larger number; the sampler's numbers end a little higher. */
    private static final double LARGEST_MEAN = 1e9;

    private Arrivals() {}

    /**
     * What comes.
     *
     * @param requests expected, 0 or more
     * @param ratio of them that are bad, 0 to 1
     */
    static Counts of(UniformRandomProvider random, double requests, double ratio) {
        double bad = poisson(random, requests * ratio);
        return new Counts(bad, bad + poisson(random, requests * (1 - ratio)));
    }

    private static double poisson(UniformRandomProvider random, double mean) {
        if (mean > LARGEST_MEAN) {
            return Math.rint(mean);
        }
        return mean > 0 ? PoissonSampler.of(random, mean).sample() : 0;
    }
}
