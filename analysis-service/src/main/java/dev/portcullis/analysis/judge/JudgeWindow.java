package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;

/**
 * What was counted in one window.
 *
 * @param counts of each objective, in the order of the plan
 * @param passAllowed whether the bake time is over at the end of this window; without it there is no PASS
 */
public record JudgeWindow(List<ArmCounts> counts, boolean passAllowed) {
    /** Keeps its own copy. */
    public JudgeWindow {
        counts = List.copyOf(counts);
    }
}
