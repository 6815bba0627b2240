package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.Arrays;

/**
 * {@link SloVote} on the baseline: one vote per window against "the baseline's ratio of bad requests is at most {@code limit}".
 *
 * @param limit allowed ratio of bad requests, above 0, at most 1
 */
public record BaselineSloVote(double limit) implements Increment {
    @Override
    public void of(ArmCounts window, double[] increments) {
        Counts baseline = window.baseline();
        if (baseline.total() == 0) {
            Arrays.fill(increments, 0);
        } else {
            Grid.vote(baseline.bad() / baseline.total(), limit, increments);
        }
    }
}
