package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;

/**
 * What one window adds to the evidence of a test, for each alternative of the grid, in natural logarithms.
 *
 * <p>Under the hypothesis that the test speaks against, {@code exp} of each increment has an expectation of at most 1,
 * whatever came before; that alone makes the evidence valid at every look (Ville's inequality). Immutable.
 */
public sealed interface Increment
        permits SloVote, RaisedSloVote, BaselineSloVote, SloCount, BaselineVote, BaselineReversedVote, BaselineCount {
    /**
     * Writes the increments of a window, one per alternative; all 0 when the window says nothing. Never NaN or infinite.
     */
    void of(ArmCounts window, double[] increments);

    /**
     * Windows with the same sum of increments as the given ones, as few as this form allows; the order does not matter.
     */
    default List<ArmCounts> condensed(List<ArmCounts> windows) {
        return windows;
    }
}
