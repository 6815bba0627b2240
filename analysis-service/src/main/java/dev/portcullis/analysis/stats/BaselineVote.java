package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.Arrays;

/**
 * One vote per window against "the canary's ratio of bad requests is at most {@code factor} times the baseline's plus
 * {@code margin}".
 *
 * <p>Looks only at how the errors of one window divide between the arms, so it needs no estimate of the baseline's rate
 * and is blind to drift that both arms share. Exact for factor 1, also when errors come in clumps of any size; for a
 * larger factor it is exact in the limit of rare errors (per vote the expectation is at most 1.0022 for factor 2, and
 * below 1 with the default margin).
 *
 * @param factor above 0
 * @param margin ratio of requests, 0 to 1
 */
public record BaselineVote(double factor, double margin) implements Increment {
    @Override
    public void of(ArmCounts window, double[] increments) {
        vote(window.canary(), window.baseline(), factor, margin, increments);
    }

    /** Writes the vote on whether {@code accused} fails more often than {@code factor * other + margin}. */
    static void vote(Counts accused, Counts other, double factor, double margin, double[] increments) {
        boolean nothingToCompare = accused.total() == 0 || other.total() == 0;
        double errors = nothingToCompare ? 0 : accused.bad() + other.bad() + other.total() * margin / factor;
        if (errors == 0) {
            Arrays.fill(increments, 0);
        } else {
            Grid.vote(accused.bad() / errors, ErrorSplit.share(accused, other, factor), increments);
        }
    }
}
