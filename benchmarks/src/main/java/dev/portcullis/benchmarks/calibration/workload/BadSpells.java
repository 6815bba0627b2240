package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Times in which single pods fail more than usual, by chance and independently of each other. Spells and the pauses between them are of geometric length in whole
 * polls; a run begins in the middle of things.
 *
 * @param canaryPods 1 or more; each has the same part of its arm's requests
 * @param baselinePods 1 or more
 * @param meanPolls mean length of a spell, 1 or more; with 1 every spell is one poll
 * @param badShare part of its time that a pod is in a spell, inside (0, 0.5]
 * @param ratio of bad requests in a spell, on top of the usual, 0 to 1
 */
public record BadSpells(int canaryPods, int baselinePods, double meanPolls, double badShare, double ratio) {
    /** The part of the canary's requests that is in a spell, for each poll. */
    double[] canary(UniformRandomProvider random, int polls) {
        return arm(random, canaryPods, polls);
    }

    /** The part of the baseline's requests that is in a spell, for each poll. */
    double[] baseline(UniformRandomProvider random, int polls) {
        return arm(random, baselinePods, polls);
    }

    private double[] arm(UniformRandomProvider random, int pods, int polls) {
        var share = new double[polls];
        for (var pod = 0; pod < pods; pod++) {
            var bad = random.nextDouble() < badShare;
            for (var poll = 0; poll < polls; poll++) {
                share[poll] += bad ? 1.0 / pods : 0;
                bad = bad ? random.nextDouble() >= 1 / meanPolls : random.nextDouble() < beginning();
            }
        }
        return share;
    }

    /** Chance of a healthy pod to begin a spell, such that it is bad for {@code badShare} of its time. */
    private double beginning() {
        return badShare / (1 - badShare) / meanPolls;
    }
}
