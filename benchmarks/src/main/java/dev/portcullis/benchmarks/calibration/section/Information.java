package dev.portcullis.benchmarks.calibration.section;

/**
 * What one request can say against a hypothesis at best: the Kullback-Leibler divergence from the truth to the nearest law that the hypothesis allows, in nats. No test
 * with error bound alpha needs fewer than {@code log(1/alpha)} over it on average, in the limit of small alpha.
 */
final class Information {
    private Information() {}

    /** Of a request of the canary against "at most {@code limit}". */
    static double slo(double ratio, double limit) {
        return divergence(ratio, limit);
    }

    /** Of a request of either arm against "the canary is no worse than the baseline": the nearest such law has both arms at their mean. */
    static double baseline(double canaryShare, double canary, double baseline) {
        var mean = canaryShare * canary + (1 - canaryShare) * baseline;
        return canaryShare * divergence(canary, mean) + (1 - canaryShare) * divergence(baseline, mean);
    }

    private static double divergence(double p, double q) {
        return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    }
}
