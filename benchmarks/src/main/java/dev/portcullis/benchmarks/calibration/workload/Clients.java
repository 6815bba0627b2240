package dev.portcullis.benchmarks.calibration.workload;

import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Clients that stay with the version that they were given first. The k-th of them sends a k-th of the first one's requests (Zipf's law), and their ratios of bad
 * requests differ for good: the logarithms are normal.
 *
 * @param number 1 or more
 * @param deviation standard deviation of the logarithms, 0 or more
 * @param canaryShare chance of a client to be given the canary, inside (0, 1)
 */
public record Clients(int number, double deviation, double canaryShare) {
    /** Draws for each client how often it fails and which version it stays with; both on average as they were without clients. */
    public UnaryOperator<Conditions> errors(UniformRandomProvider random) {
        var normal = ZigguratSampler.NormalizedGaussian.of(random);
        var canary = new Part();
        var baseline = new Part();
        for (var k = 1; k <= number; k++) {
            var ratio = Math.exp(deviation * normal.sample() - deviation * deviation / 2);
            (random.nextDouble() < canaryShare ? canary : baseline).add(1.0 / k, ratio);
        }
        var share = canary.requests / (canary.requests + baseline.requests);
        return before -> before.withShare(share)
                .withRatios(before.canaryRatio() * canary.ratio(), before.baselineRatio() * baseline.ratio());
    }

    /** The clients of one version. */
    private static final class Part {
        private double requests;
        private double bad;

        void add(double ofClient, double ratio) {
            requests += ofClient;
            bad += ofClient * ratio;
        }

        double ratio() {
            return requests == 0 ? 0 : bad / requests;
        }
    }
}
