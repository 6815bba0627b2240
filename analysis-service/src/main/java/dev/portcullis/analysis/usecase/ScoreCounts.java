package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.RatioBounds;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.List;
import java.util.Optional;

/** Judges counts that come with the question and keeps nothing: the judge of a live analysis without its counter reader. */
public final class ScoreCounts {
    /**
     * What the counts amount to.
     *
     * @param steps the judgement after every window
     * @param ratio bounds on the canary's ratio of bad requests; empty without a test against an SLO, and of several objectives
     * @param relative bounds on canary / baseline; empty without a test against a baseline, with
     *     margins, with several cuts, or of several objectives
     */
    public record Score(
            List<Judgement> steps, Optional<ConfidenceInterval> ratio, Optional<ConfidenceInterval> relative) {}

    /**
     * Judges the windows.
     *
     * @param windows in order, with the objectives and the cuts of the plan
     * @throws dev.portcullis.analysis.judge.InvalidPlanException as {@link SequentialJudge#judgeEach}
     */
    public Score score(JudgePlan plan, List<JudgeWindow> windows) {
        var steps = new SequentialJudge(plan).judgeEach(windows);
        return plan.objectives().size() == 1
                ? withBounds(plan, windows, steps)
                : new Score(steps, Optional.empty(), Optional.empty());
    }

    private static Score withBounds(JudgePlan plan, List<JudgeWindow> windows, List<Judgement> steps) {
        var objective = plan.objectives().getFirst();
        var atLimit = windows.stream()
                .map(w -> w.observations().getFirst().at(objective.cuts().fail()))
                .toList();
        var ratio = Optional.ofNullable(objective.slo())
                .map(slo -> RatioBounds.ratio(slo, plan.alpha(), plan.beta(), atLimit));
        var relative = Optional.ofNullable(objective.baseline())
                .filter(baseline ->
                        baseline.withoutMargins() && objective.cuts().number() == 1)
                .map(baseline -> RatioBounds.relative(baseline, plan.alpha(), plan.beta(), atLimit));
        return new Score(steps, ratio, relative);
    }
}
