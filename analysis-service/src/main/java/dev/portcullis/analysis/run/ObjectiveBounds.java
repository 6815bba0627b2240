package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.RatioBounds;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How bad a canary is in one objective, as confidence sequences: each lower bound wrong with chance alpha, each upper one with chance
 * beta, at all looks together.
 *
 * @param ratio of the canary's ratio of bad requests, by cut; with several cuts alpha and beta are shared among them, so that
 *     all bounds hold together
 * @param relative of that ratio divided by the baseline's, at each cut that is compared and with all of alpha and beta; empty without
 *     a baseline
 */
public record ObjectiveBounds(List<ConfidenceInterval> ratio, List<ConfidenceInterval> relative) {
    /** Keeps its own copy. */
    public ObjectiveBounds {
        ratio = List.copyOf(ratio);
        relative = List.copyOf(relative);
    }

    static ObjectiveBounds of(JudgePlan plan, ObjectivePlan objective, List<Observation> windows) {
        var cuts = objective.cuts().number();
        return new ObjectiveBounds(
                ratios(objective.slo(), plan.alpha() / cuts, plan.beta() / cuts, cuts, windows),
                relatives(objective, plan, windows));
    }

    private static List<ConfidenceInterval> ratios(
            @Nullable SloLimits limits, double alpha, double beta, int cuts, List<Observation> windows) {
        return limits == null
                ? List.of()
                : IntStream.range(0, cuts)
                        .mapToObj(cut -> RatioBounds.ratio(limits, alpha, beta, at(cut, windows)))
                        .toList();
    }

    private static List<ConfidenceInterval> relatives(
            ObjectivePlan objective, JudgePlan plan, List<Observation> windows) {
        BaselineLimits limits = objective.baseline();
        return limits == null
                ? List.of()
                : objective.cuts().compared().stream()
                        .map(cut -> RatioBounds.relative(limits, plan.alpha(), plan.beta(), at(cut, windows)))
                        .toList();
    }

    private static List<ArmCounts> at(int cut, List<Observation> windows) {
        return windows.stream().map(window -> window.at(cut)).toList();
    }
}
