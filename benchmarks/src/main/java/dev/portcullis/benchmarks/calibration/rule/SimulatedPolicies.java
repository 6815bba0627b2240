package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.SloLimits;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The judge under the policies that are simulated. */
public final class SimulatedPolicies {
    /** Bound on false aborts. */
    public static final double ALPHA = 0.01;

    /** Bound on false promotions. */
    public static final double BETA = 0.05;

    /** Ratio of bad requests that an objective of 999 in 1,000 allows. */
    public static final double BUDGET = 0.001;

    private static final double BURN_FAIL = 2;
    private static final double BURN_PASS = 5;

    /** The default limit against the objective: twice the budget. */
    public static final double SLO_FAIL = BURN_FAIL * BUDGET;

    /** Beyond this ratio, five times the budget, a canary must not be promoted. */
    public static final double SLO_PASS = BURN_PASS * BUDGET;

    /** Groups of errors that the default allows for on the PASS side. */
    public static final int CLUSTER = 5;

    /** Part of slow requests that an objective of 99 in 100 allows. */
    private static final double LATENCY_BUDGET = 0.01;

    private static final double FAIL_FACTOR = 1.25;
    private static final double FAIL_MARGIN = 0.25;
    private static final double PASS_FACTOR = 2;
    private static final double PASS_MARGIN = 1;
    private static final int WINDOW_POLLS = 2;
    private static final int BAKE_SECONDS = 300;
    private static final int MIN_FAIL_WINDOWS = 2;

    private SimulatedPolicies() {}

    /** The default policy: both limits, votes of 30 s, an hour; a breach of the objective that the baseline shares fails nobody. */
    public static CanaryRule standard() {
        return standard(
                "Portcullis, default policy", bothLimits(ObjectivePlan.HALF).failingUnlessShared());
    }

    /** The default policy with windows of so many polls. */
    public static CanaryRule standardVotingEvery(int windowPolls) {
        var objective = bothLimits(ObjectivePlan.HALF).failingUnlessShared();
        var name = "Portcullis, windows of " + windowPolls * Polls.SECONDS + " s";
        return new JudgeRule(name, plan(objective, windowPolls), windowPolls, BAKE_SECONDS);
    }

    /** The default policy, but that a breach of the objective fails the canary even if the baseline shares it. */
    public static CanaryRule breachFails() {
        return standard("Portcullis, sloBreach: fail", bothLimits(ObjectivePlan.HALF));
    }

    /** The default policy, but that a breach of the objective alone never fails the canary. */
    public static CanaryRule breachHolds() {
        return standard("Portcullis, sloBreach: hold", bothLimits(0));
    }

    /** The default policy and the two others by what a breach of the objective means that the baseline shows, too. */
    public static List<CanaryRule> breaches() {
        return List.of(standard(), breachFails(), breachHolds());
    }

    /** The default policy without the limit against the objective. */
    public static CanaryRule baselineOnly() {
        return standard(
                "Portcullis, baseline limits only", objective(null, baselineLimits(BUDGET, Form.VOTE, CLUSTER)));
    }

    /**
     * The default policy for "99 % take no longer than a boundary".
     *
     * @param cuts with the boundary of the objective
     */
    public static JudgeRule latencyObjective(Cuts cuts) {
        var slo = sloLimits(LATENCY_BUDGET, Form.VOTE, CLUSTER);
        var baseline = baselineLimits(LATENCY_BUDGET, Form.VOTE, CLUSTER);
        var objective = new ObjectivePlan("latency", 1, ObjectivePlan.HALF, cuts, slo, baseline);
        return standard("Portcullis, default policy", objective.failingUnlessShared());
    }

    /** The default policy, but that each request counts on the FAIL side, too, errors are held to be independent, and a shared breach fails the canary. */
    public static CanaryRule everyRequestCounts() {
        var slo = sloLimits(BUDGET, Form.COUNT, 1);
        var baseline = baselineLimits(BUDGET, Form.COUNT, 1);
        return standard("Portcullis, every request counts", objective(slo, baseline));
    }

    /** The largest ratio of bad requests within the default limit against a baseline of this ratio. */
    public static double baselineFail(double baseline) {
        return FAIL_FACTOR * baseline + FAIL_MARGIN * BUDGET;
    }

    /** A canary of this ratio of bad requests or more beside a baseline of {@code baseline} must not be promoted by default. */
    public static double baselinePass(double baseline) {
        return PASS_FACTOR * baseline + PASS_MARGIN * BUDGET;
    }

    /** One FAIL test against a fixed limit, looked at after every poll; in the count form errors are held to be independent. */
    public static JudgeRule slo(Form form, double limit, int windowPolls, boolean lateOnset) {
        var limits = new SloLimits(limit, OptionalDouble.empty(), form, Form.COUNT, 1);
        return oneTest("SLO " + label(form), limits, null, windowPolls, lateOnset);
    }

    /** One FAIL test against "no worse than the baseline". */
    public static JudgeRule baseline(Form form, int windowPolls, boolean lateOnset) {
        var limits = new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form, Form.COUNT, 1);
        return oneTest("baseline " + label(form), null, limits, windowPolls, lateOnset);
    }

    /**
     * One FAIL test per bucket boundary against "no slower than the baseline", averaged, looked at after every poll.
     *
     * @param boundaries of the histogram
     * @param compared positions of those that are looked at, from 0
     */
    public static JudgeRule latency(Form form, int boundaries, List<Integer> compared) {
        var limits = new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form, Form.COUNT, 1);
        var cuts = new Cuts(boundaries, 0, 0, compared);
        var objective = new ObjectivePlan("latency", 1, ObjectivePlan.HALF, cuts, null, limits);
        return new JudgeRule(
                "latency " + label(form), new JudgePlan(ALPHA, BETA, Polls.HOUR, 0, List.of(objective)), 1, 0);
    }

    /**
     * The PASS side of the default limit against the objective, alone.
     *
     * @param clusterSize what the policy says of the groups that errors come in
     */
    public static CanaryRule passOnly(int clusterSize) {
        // A FAIL that needs evidence of 10^300 : 1 does not get in the way, nor does the veto that is half-way to it.
        var plan = new JudgePlan(
                1e-300,
                BETA,
                Polls.HOUR / WINDOW_POLLS,
                MIN_FAIL_WINDOWS,
                List.of(objective(sloLimits(BUDGET, Form.VOTE, clusterSize), null)));
        return new JudgeRule("PASS, groups of " + clusterSize, plan, WINDOW_POLLS, 0);
    }

    /** What a form is called in tables. */
    public static String label(Form form) {
        return form == Form.VOTE ? "vote" : "request";
    }

    private static SloLimits sloLimits(double budget, Form form, int clusterSize) {
        return new SloLimits(BURN_FAIL * budget, OptionalDouble.of(BURN_PASS * budget), form, Form.COUNT, clusterSize);
    }

    private static BaselineLimits baselineLimits(double budget, Form form, int clusterSize) {
        return new BaselineLimits(
                FAIL_FACTOR,
                FAIL_MARGIN * budget,
                OptionalDouble.of(PASS_FACTOR),
                PASS_MARGIN * budget,
                form,
                Form.COUNT,
                clusterSize);
    }

    private static ObjectivePlan bothLimits(double sloShare) {
        return new ObjectivePlan(
                "availability",
                1,
                sloShare,
                Cuts.ONE,
                sloLimits(BUDGET, Form.VOTE, CLUSTER),
                baselineLimits(BUDGET, Form.VOTE, CLUSTER));
    }

    private static ObjectivePlan objective(@Nullable SloLimits slo, @Nullable BaselineLimits baseline) {
        return new ObjectivePlan("availability", 1, slo, baseline);
    }

    private static JudgeRule standard(String name, ObjectivePlan objective) {
        return new JudgeRule(name, plan(objective, WINDOW_POLLS), WINDOW_POLLS, BAKE_SECONDS);
    }

    private static JudgePlan plan(ObjectivePlan objective, int windowPolls) {
        return new JudgePlan(ALPHA, BETA, Polls.HOUR / windowPolls, MIN_FAIL_WINDOWS, List.of(objective));
    }

    private static JudgeRule oneTest(
            String name,
            @Nullable SloLimits slo,
            @Nullable BaselineLimits baseline,
            int windowPolls,
            boolean lateOnset) {
        var planned = lateOnset ? Polls.HOUR / windowPolls : 0;
        var plan = new JudgePlan(ALPHA, BETA, planned, 0, List.of(objective(slo, baseline)));
        return new JudgeRule(name, plan, windowPolls, 0);
    }
}
