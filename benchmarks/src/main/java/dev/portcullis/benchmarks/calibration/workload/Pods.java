package dev.portcullis.benchmarks.calibration.workload;

import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Pods of one version that differ for good, by their nodes, zones and neighbours: each has a factor of its own, whose logarithm is normal.
 *
 * @param canary pods, 1 or more; each has the same part of its arm's requests
 * @param baseline pods, 1 or more
 * @param deviation standard deviation of the logarithms, 0 or more
 */
public record Pods(int canary, int baseline, double deviation) {
    /** Draws ratios of bad requests: each arm's is the mean of its pods'. */
    public UnaryOperator<Conditions> errors(UniformRandomProvider random) {
        var ofCanary = mean(factors(random, canary));
        var ofBaseline = mean(factors(random, baseline));
        return before -> before.withRatios(before.canaryRatio() * ofCanary, before.baselineRatio() * ofBaseline);
    }

    /** Draws a factor for each of {@code pods}; 1 on average. */
    public double[] factors(UniformRandomProvider random, int pods) {
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        return DoubleStream.generate(() -> Math.exp(deviation * normal.sample() - deviation * deviation / 2))
                .limit(pods)
                .toArray();
    }

    private static double mean(double[] factors) {
        return DoubleStream.of(factors).sum() / factors.length;
    }
}
