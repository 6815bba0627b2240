package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.Arrays;

/**
 * One vote per window against "the canary's ratio of bad requests is at most {@code limit}".
 *
 * <p>A vote is linear in the observed ratio, so only its expectation matters: valid under any dependence of the errors
 * inside a window (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting").
 *
 * @param limit allowed ratio of bad requests, above 0, at most 1
 */
public record SloVote(double limit) implements Increment {
    @Override
    public void of(ArmCounts window, double[] increments) {
        Counts canary = window.canary();
        if (canary.total() == 0) {
            Arrays.fill(increments, 0);
        } else {
            Grid.vote(canary.bad() / canary.total(), limit, increments);
        }
    }
}
