package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * An error ratio that wanders about: its logarithm is a stationary autoregressive process of order 1.
 *
 * @param perMinute correlation of the logarithms a minute apart, 0 to 1
 * @param deviation standard deviation of the logarithms, 0 or more
 */
public record AutoregressiveRatio(double perMinute, double deviation) {
    private static final double SECONDS_PER_MINUTE = 60;

    /** By which factor the ratio is off in each poll; 1 on average. */
    double[] factors(UniformRandomProvider random, int polls) {
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        var correlation = Math.pow(perMinute, Polls.SECONDS / SECONDS_PER_MINUTE);
        var fresh = Math.sqrt(1 - correlation * correlation);
        var factors = new double[polls];
        var level = normal.sample();
        for (var poll = 0; poll < polls; poll++) {
            factors[poll] = Math.exp(deviation * level - deviation * deviation / 2);
            level = correlation * level + fresh * normal.sample();
        }
        return factors;
    }
}
