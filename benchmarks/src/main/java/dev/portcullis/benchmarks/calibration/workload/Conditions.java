package dev.portcullis.benchmarks.calibration.workload;

/**
 * What a poll's time is like.
 *
 * @param canaryRequests in this poll, 0 or more
 * @param baselineRequests in this poll, 0 or more
 * @param canaryRatio expected ratio of bad requests, 0 to 1
 * @param baselineRatio expected ratio of bad requests, 0 to 1
 */
public record Conditions(double canaryRequests, double baselineRequests, double canaryRatio, double baselineRatio) {
    Conditions withRatios(double canary, double baseline) {
        return new Conditions(canaryRequests, baselineRequests, Math.min(1, canary), Math.min(1, baseline));
    }

    /** The same requests in all, another part of them the canary's. */
    Conditions withShare(double canary) {
        var requests = canaryRequests + baselineRequests;
        return new Conditions(requests * canary, requests * (1 - canary), canaryRatio, baselineRatio);
    }
}
