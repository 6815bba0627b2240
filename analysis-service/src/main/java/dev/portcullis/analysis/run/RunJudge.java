package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Judge;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.slo.Objective;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The judgement of an analysis as a pure function of its plan and its closed windows: whoever has both can recompute it, bit for bit.
 *
 * <p>Limits are multiples of each objective's budget, 1 - target. FAIL sides vote, one vote per window, and so hold under any dependence of the errors inside
 * it; PASS sides count requests, tempered by the cluster size.
 */
public final class RunJudge {
    private RunJudge() {}

    /**
     * The judgement after the last window.
     *
     * @param windows all closed windows, oldest first; may be empty
     * @throws InvalidPlanException when the objectives' limits are ones that no test is defined for
     */
    public static Judgement judge(RunPlan plan, List<Window> windows) {
        var bakeOver = plan.bakeOver();
        var judged = windows.stream()
                .map(w -> new JudgeWindow(counts(plan, w), !w.end().isBefore(bakeOver)))
                .toList();
        return new Judge(judgePlan(plan)).judge(judged);
    }

    private static List<ArmCounts> counts(RunPlan plan, Window window) {
        return plan.objectives().objectives().stream()
                .map(o -> window.counts().getOrDefault(o.name(), ArmCounts.NONE))
                .toList();
    }

    private static JudgePlan judgePlan(RunPlan plan) {
        var settings = plan.settings();
        return new JudgePlan(
                settings.alpha(),
                settings.beta(),
                settings.plannedWindows(),
                settings.minFailWindows(),
                plan.objectives().objectives().stream()
                        .map(o -> objectivePlan(plan, o))
                        .toList());
    }

    private static ObjectivePlan objectivePlan(RunPlan plan, Objective objective) {
        var limits = plan.settings().limits();
        var cluster = plan.settings().clusterSize();
        var budget = 1 - objective.target();
        var slo = new SloLimits(
                budget * limits.burnFail(),
                OptionalDouble.of(budget * limits.burnPass()),
                Form.VOTE,
                Form.COUNT,
                cluster);
        var baseline = plan.arms().baseline() == null
                ? null
                : new BaselineLimits(
                        limits.failFactor(),
                        budget * limits.failMargin(),
                        OptionalDouble.of(limits.passFactor()),
                        budget * limits.passMargin(),
                        Form.VOTE,
                        Form.COUNT,
                        cluster);
        return new ObjectivePlan(objective.name(), objective.severity().weight(), slo, baseline);
    }
}
