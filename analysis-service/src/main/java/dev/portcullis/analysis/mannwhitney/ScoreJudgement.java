package dev.portcullis.analysis.mannwhitney;

import java.util.List;

/**
 * What one look at the windows says. It holds for that look alone: there is no bound on the chance of a false outcome
 * over several.
 *
 * @param outcome the decision
 * @param score the weighted sum of the groups' scores; 0 after a critical failure
 * @param groups in the order of their names
 * @param metrics in the order of the plan
 * @param reason one line: the score, its limits, and what decided it
 */
public record ScoreJudgement(
        ScoreOutcome outcome,
        ScoreRange score,
        List<GroupScore> groups,
        List<MetricClassification> metrics,
        String reason) {
    /** Keeps its own copies. */
    public ScoreJudgement {
        groups = List.copyOf(groups);
        metrics = List.copyOf(metrics);
    }
}
