package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.SloBreach;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the judge is told of a service's objectives: limits as multiples of each objective's budget, 1 - target. FAIL sides vote, one
 * vote per window, and so hold under any dependence of the errors inside it; PASS sides count requests, tempered by the cluster size.
 */
public final class JudgePlans {
    private JudgePlans() {}

    /**
     * The plan.
     *
     * @param compares whether there is a baseline
     * @param buckets of the latency objectives, as far as they are chosen; the others have nothing counted yet
     * @throws InvalidPlanException when the limits are ones that no test is defined for
     */
    public static JudgePlan of(ServiceObjectives service, boolean compares, Map<String, Buckets> buckets) {
        AnalysisSettings settings = service.settings();
        return new JudgePlan(
                settings.strictness().alpha(),
                settings.strictness().beta(),
                settings.timing().plannedWindows(),
                settings.strictness().minFailWindows(),
                service.objectives().stream()
                        .map(objective -> plan(objective, settings, compares, cuts(buckets.get(objective.name()))))
                        .toList());
    }

    private static Cuts cuts(@Nullable Buckets buckets) {
        return buckets == null
                ? Cuts.ONE
                : new Cuts(buckets.boundaries().size(), buckets.fail(), buckets.pass(), buckets.compared());
    }

    private static ObjectivePlan plan(Objective objective, AnalysisSettings settings, boolean compares, Cuts cuts) {
        SloBreach breach = settings.strictness().sloBreach();
        double sloShare = breach == SloBreach.HOLD ? 0 : ObjectivePlan.HALF;
        return new ObjectivePlan(
                objective.name(),
                objective.severity().weight(),
                sloShare,
                cuts,
                slo(objective, settings),
                compares ? baseline(objective, settings) : null,
                breach == SloBreach.FAIL_UNLESS_SHARED);
    }

    /** The limits of its own of one objective. */
    public static SloLimits slo(Objective objective, AnalysisSettings settings) {
        double budget = 1 - objective.target();
        return new SloLimits(
                budget * settings.limits().burnFail(),
                OptionalDouble.of(budget * settings.limits().burnPass()),
                Form.VOTE,
                Form.COUNT,
                settings.clusterSize().requests());
    }

    /** The limits of one objective that are drawn from the baseline. */
    public static BaselineLimits baseline(Objective objective, AnalysisSettings settings) {
        double budget = 1 - objective.target();
        CanaryLimits limits = settings.limits();
        return new BaselineLimits(
                limits.failFactor(),
                budget * limits.failMargin(),
                OptionalDouble.of(limits.passFactor()),
                budget * limits.passMargin(),
                Form.VOTE,
                Form.COUNT,
                settings.clusterSize().requests());
    }
}
