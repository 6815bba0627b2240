package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.Arrays;

/**
 * One vote per window against "the canary's ratio of bad requests is at most {@code limit}, or at most {@code factor} times the
 * baseline's": in each window the limit is raised to {@code factor * (bad + clusterSize) / total} of the baseline, where that is
 * more.
 *
 * <p>A vote is linear in the canary's ratio {@code x}, so it is enough that {@code E[x / raised limit]} is at most 1. For a
 * canary that fails {@code p <= factor * b} of its requests beside {@code K} bad of {@code n} requests of a baseline that fails
 * {@code b} of them, that is {@code E[b n / (K + clusterSize)] <= 1}: for Poisson groups of {@code s <= clusterSize} errors that
 * arrive at the rate {@code v_s}, {@code P(K > 0) = sum of v_s s E[1 / (K + s)] >= b n E[1 / (K + clusterSize)]}. Given the
 * ratios of the window, errors of the two arms have to be independent. Never above {@link SloVote} of the same limit. Without
 * a request of the baseline it is that vote.
 *
 * @param limit allowed ratio of bad requests, above 0, at most 1
 * @param factor above 0
 * @param clusterSize errors of the baseline come in groups of at most this many requests, 1 or more
 */
public record RaisedSloVote(double limit, double factor, double clusterSize) implements Increment {
    @Override
    public void of(ArmCounts window, double[] increments) {
        Counts canary = window.canary();
        if (canary.total() == 0) {
            Arrays.fill(increments, 0);
        } else {
            Grid.vote(canary.bad() / canary.total(), raised(window.baseline()), increments);
        }
    }

    private double raised(Counts baseline) {
        if (baseline.total() == 0) {
            return limit;
        }
        double shown = (baseline.bad() + clusterSize) / baseline.total();
        return Math.max(limit, factor * Math.min(shown, Counts.LARGEST));
    }
}
