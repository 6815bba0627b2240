package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;

/**
 * One vote per window against "the canary's ratio of bad requests is at least {@code factor} times the baseline's": the
 * vote on the baseline, with the arms exchanged. Windows without any error say nothing.
 *
 * @param factor above 0
 */
public record BaselineReversedVote(double factor) implements Increment {
    @Override
    public void of(ArmCounts window, double[] increments) {
        double reversed = Math.min(1 / factor, Double.MAX_VALUE);
        BaselineVote.vote(window.baseline(), window.canary(), reversed, 0, increments);
    }
}
