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
public final class Policies {
    /** Bound on false aborts. */
    public static final double ALPHA = 0.01;

    /** Bound on false promotions. */
    public static final double BETA = 0.05;

    /** Ratio of bad requests that an objective of 999 in 1,000 allows. */
    public static final double BUDGET = 0.001;

    /** The default limit against the objective: twice the budget. */
    public static final double SLO_FAIL = 2 * BUDGET;

    /** Beyond this ratio, five times the budget, a canary must not be promoted. */
    public static final double SLO_PASS = 5 * BUDGET;

    /** Groups of errors that the default allows for on the PASS side. */
    public static final int CLUSTER = 5;

    private static final double FAIL_FACTOR = 1.25;
    private static final double FAIL_MARGIN = 0.25 * BUDGET;
    private static final double PASS_FACTOR = 2;
    private static final int WINDOW_POLLS = 2;
    private static final int BAKE_SECONDS = 300;
    private static final int MIN_FAIL_WINDOWS = 2;

    private Policies() {}

    /** The default policy: both limits, votes of 30 s, an hour. */
    public static Rule standard() {
        return standard("Portcullis, default policy", sloLimits(Form.VOTE, CLUSTER), baselineLimits(Form.VOTE));
    }

    /** The default policy without the limit against the objective. */
    public static Rule baselineOnly() {
        return standard("Portcullis, baseline limits only", null, baselineLimits(Form.VOTE));
    }

    /** The default policy, but that each request counts on the FAIL side, too, and errors are held to be independent. */
    public static Rule everyRequestCounts() {
        var slo = new SloLimits(SLO_FAIL, OptionalDouble.of(SLO_PASS), Form.COUNT, Form.COUNT, 1);
        var baseline = new BaselineLimits(
                FAIL_FACTOR, FAIL_MARGIN, OptionalDouble.of(PASS_FACTOR), BUDGET, Form.COUNT, Form.COUNT, 1);
        return standard("Portcullis, every request counts", slo, baseline);
    }

    /** The largest ratio of bad requests within the default limit against a baseline of this ratio. */
    public static double baselineFail(double baseline) {
        return FAIL_FACTOR * baseline + FAIL_MARGIN;
    }

    /** A canary of this ratio of bad requests or more beside a baseline of {@code baseline} must not be promoted by default. */
    public static double baselinePass(double baseline) {
        return PASS_FACTOR * baseline + BUDGET;
    }

    /** One FAIL test against a fixed limit, looked at after every poll; in the count form errors are held to be independent. */
    public static Judged slo(Form form, double limit, int windowPolls, boolean lateOnset) {
        var limits = new SloLimits(limit, OptionalDouble.empty(), form, Form.COUNT, 1);
        return oneTest("SLO " + label(form), limits, null, windowPolls, lateOnset);
    }

    /** One FAIL test against "no worse than the baseline". */
    public static Judged baseline(Form form, int windowPolls, boolean lateOnset) {
        var limits = new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form, Form.COUNT, 1);
        return oneTest("baseline " + label(form), null, limits, windowPolls, lateOnset);
    }

    /**
     * One FAIL test per bucket boundary against "no slower than the baseline", averaged, looked at after every poll.
     *
     * @param boundaries of the histogram
     * @param compared positions of those that are looked at, from 0
     */
    public static Judged latency(Form form, int boundaries, List<Integer> compared) {
        var limits = new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form, Form.COUNT, 1);
        var cuts = new Cuts(boundaries, 0, 0, compared);
        var objective = new ObjectivePlan("latency", 1, ObjectivePlan.HALF, cuts, null, limits);
        return new Judged(
                "latency " + label(form), new JudgePlan(ALPHA, BETA, Polls.HOUR, 0, List.of(objective)), 1, 0);
    }

    /**
     * The PASS side of the default limit against the objective, alone.
     *
     * @param clusterSize what the policy says of the groups that errors come in
     */
    public static Rule passOnly(int clusterSize) {
        // A FAIL that needs evidence of 10^300 : 1 does not get in the way, nor does the veto that is half-way to it.
        var plan = new JudgePlan(
                1e-300,
                BETA,
                Polls.HOUR / WINDOW_POLLS,
                MIN_FAIL_WINDOWS,
                List.of(new ObjectivePlan("availability", 1, sloLimits(Form.VOTE, clusterSize), null)));
        return new Judged("PASS, groups of " + clusterSize, plan, WINDOW_POLLS, 0);
    }

    /** What a form is called in tables. */
    public static String label(Form form) {
        return form == Form.VOTE ? "vote" : "request";
    }

    private static SloLimits sloLimits(Form form, int clusterSize) {
        return new SloLimits(SLO_FAIL, OptionalDouble.of(SLO_PASS), form, Form.COUNT, clusterSize);
    }

    private static BaselineLimits baselineLimits(Form form) {
        return new BaselineLimits(
                FAIL_FACTOR, FAIL_MARGIN, OptionalDouble.of(PASS_FACTOR), BUDGET, form, Form.COUNT, CLUSTER);
    }

    private static Rule standard(String name, @Nullable SloLimits slo, @Nullable BaselineLimits baseline) {
        var objective = new ObjectivePlan("availability", 1, slo, baseline);
        var plan = new JudgePlan(ALPHA, BETA, Polls.HOUR / WINDOW_POLLS, MIN_FAIL_WINDOWS, List.of(objective));
        return new Judged(name, plan, WINDOW_POLLS, BAKE_SECONDS);
    }

    private static Judged oneTest(
            String name,
            @Nullable SloLimits slo,
            @Nullable BaselineLimits baseline,
            int windowPolls,
            boolean lateOnset) {
        var planned = lateOnset ? Polls.HOUR / windowPolls : 0;
        var objective = new ObjectivePlan("availability", 1, slo, baseline);
        return new Judged(name, new JudgePlan(ALPHA, BETA, planned, 0, List.of(objective)), windowPolls, 0);
    }
}
