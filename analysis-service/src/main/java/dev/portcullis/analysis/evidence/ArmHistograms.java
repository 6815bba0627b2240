package dev.portcullis.analysis.evidence;

/**
 * Latencies of both arms over the same time, in the same buckets.
 *
 * @param canary the canary's latencies
 * @param baseline the baseline's latencies
 */
public record ArmHistograms(Histogram canary, Histogram baseline) {
    /**
     * Refuses arms with different buckets.
     *
     * @throws InvalidCountsException naming {@code baseline}
     */
    public ArmHistograms {
        if (canary.boundaries() != baseline.boundaries()) {
            throw new InvalidCountsException(
                    "baseline", baseline, "a histogram of " + canary.boundaries() + " boundaries, as the canary's");
        }
    }

    /** How many buckets have a boundary. */
    public int boundaries() {
        return canary.boundaries();
    }

    /** Both arms' requests, and as bad ones those slower than the boundary of bucket {@code j}, counted from 0. */
    public ArmCounts slowerThan(int j) {
        return new ArmCounts(canary.slowerThan(j), baseline.slowerThan(j));
    }
}
