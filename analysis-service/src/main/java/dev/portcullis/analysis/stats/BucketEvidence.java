package dev.portcullis.analysis.stats;

import java.util.List;

/**
 * Evidence that the canary's latencies are worse than the baseline's.
 *
 * @param combined natural logarithm of the average e-value of all boundaries
 * @param perBoundary natural logarithm of each boundary's e-value, fastest boundary first
 */
public record BucketEvidence(double combined, List<Double> perBoundary) {
    /** Keeps its own copy. */
    public BucketEvidence {
        perBoundary = List.copyOf(perBoundary);
    }

    /** The position of the boundary with the largest e-value, from 0; of equal ones the fastest. */
    public int culprit() {
        int culprit = 0;
        for (int j = 1; j < perBoundary.size(); j++) {
            if (perBoundary.get(j) > perBoundary.get(culprit)) {
                culprit = j;
            }
        }
        return culprit;
    }
}
