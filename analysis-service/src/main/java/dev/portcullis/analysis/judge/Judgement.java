package dev.portcullis.analysis.judge;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is known after a number of windows. Evidence and thresholds are natural logarithms of e-values, always finite;
 * evidence may exceed 709, so cap before exponentiating.
 *
 * @param verdict as a live analysis needs it: FAIL is final and overrides an earlier PASS, PASS stays until a FAIL; never
 *     INCONCLUSIVE
 * @param windows how many windows were judged
 * @param failEvidence the weighted average of what counts of the FAIL tests; 0 when no objective is gating
 * @param passEvidence the smallest of the gating PASS tests; 0 when there is none, which never passes
 * @param failThreshold FAIL at or above
 * @param passThreshold PASS at or above
 * @param passedAt the window that passed, counted from 1; empty before
 * @param failedAt the window that failed, counted from 1; empty before
 * @param objectives in the order of the plan
 */
public record Judgement(
        Verdict verdict,
        int windows,
        double failEvidence,
        double passEvidence,
        double failThreshold,
        double passThreshold,
        OptionalInt passedAt,
        OptionalInt failedAt,
        List<ObjectiveEvidence> objectives) {
    /** Keeps its own copy. */
    public Judgement {
        objectives = List.copyOf(objectives);
    }

    /** The verdict for one who acts on the first PASS or FAIL and then looks away: a PASS is kept even if a FAIL follows. */
    public Verdict firstDecision() {
        return passedAt.isPresent() ? Verdict.PASS : verdict;
    }
}
