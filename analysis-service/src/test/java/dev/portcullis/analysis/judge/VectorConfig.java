package dev.portcullis.analysis.judge;

import static dev.portcullis.analysis.judge.GoldenVectorsTest.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One test of a golden vector: its POLL is our VOTE, its REQUEST and CLUSTER are our COUNT. */
final class VectorConfig {
    private final JsonNode config;
    private final JsonNode fail;
    private final @Nullable JsonNode pass;

    VectorConfig(JsonNode config) {
        this.config = config;
        this.fail = config.get("fail");
        this.pass = config.get("pass");
    }

    /** What is expected after one poll; {@code pass} is minus infinity when there is no PASS side. */
    record Step(double fail, double pass, Verdict verdict) {}

    boolean slo() {
        return switch (config.get("kind").asText()) {
            case "slo" -> true;
            case "baseline" -> false;
            default -> throw new IllegalArgumentException("unknown kind in " + config);
        };
    }

    double beta() {
        return number(config.get("beta"));
    }

    int planned() {
        return fail.path("plannedPolls").asInt(0);
    }

    ArmCounts counts(JsonNode poll) {
        Counts canary = counts(poll.get(0), poll.get(1));
        return slo() ? ArmCounts.ofCanary(canary) : new ArmCounts(canary, counts(poll.get(2), poll.get(3)));
    }

    private static Counts counts(JsonNode bad, JsonNode total) {
        return new Counts(Math.min(number(bad), number(total)), number(total));
    }

    /** The evidence after every poll, from the judge itself, and its first decision. */
    List<Step> steps(List<JsonNode> polls) {
        List<JudgeWindow> windows = polls.stream()
                .map(p -> new JudgeWindow(List.of(Observation.of(counts(p))), true))
                .toList();
        if (oneClusterSize()) {
            return judge(objective(1), windows).stream()
                    .map(j -> new Step(
                            j.failEvidence(),
                            pass == null ? Double.NEGATIVE_INFINITY : j.passEvidence(),
                            j.firstDecision()))
                    .toList();
        }
        // A plan has one cluster size: the sides are judged apart, the verdict is taken from both.
        List<Judgement> failSide = judge(failOnly(), windows);
        List<Judgement> passSide = judge(passSide(), windows);
        VerdictLatch latch = latch();
        List<Step> steps = new ArrayList<>();
        for (int t = 0; t < windows.size(); t++) {
            double failEvidence = failSide.get(t).failEvidence();
            double passEvidence = passSide.get(t).passEvidence();
            steps.add(new Step(failEvidence, passEvidence, see(latch, t + 1, failEvidence, passEvidence)));
        }
        return steps;
    }

    /** A plan whose only test compares the arms at all of so many boundaries. */
    JudgePlan comparingAll(int boundaries) {
        ObjectivePlan plan = failOnly();
        Cuts all = new Cuts(
                boundaries, 0, 0, IntStream.range(0, boundaries).boxed().toList());
        return new JudgePlan(
                number(config.get("alpha")),
                beta(),
                planned(),
                1,
                List.of(new ObjectivePlan("buckets", 1, ObjectivePlan.HALF, all, plan.slo(), plan.baseline())));
    }

    ConfidenceInterval bounds(List<JsonNode> polls) {
        List<ArmCounts> windows = polls.stream().map(this::counts).toList();
        ConfidenceInterval lower = bounds(clusterSize(fail), windows);
        ConfidenceInterval upper = bounds(clusterSize(pass), windows);
        return new ConfidenceInterval(lower.lower(), upper.upper());
    }

    private ConfidenceInterval bounds(double clusterSize, List<ArmCounts> windows) {
        double alpha = number(config.get("alpha"));
        return slo()
                ? RatioBounds.ratio(slo(OptionalDouble.empty(), clusterSize), alpha, beta(), windows)
                : RatioBounds.relative(
                        new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form(fail), form(pass), clusterSize),
                        alpha,
                        beta(),
                        windows);
    }

    ObjectivePlan objective(double weight) {
        return objective(weight, pass, form(fail) == Form.COUNT ? clusterSize(fail) : clusterSize(pass));
    }

    private ObjectivePlan failOnly() {
        return objective(1, null, clusterSize(fail));
    }

    private ObjectivePlan passSide() {
        return objective(1, pass, clusterSize(pass));
    }

    private boolean oneClusterSize() {
        boolean bothCount = form(fail) == Form.COUNT && pass != null && form(pass) == Form.COUNT;
        return !bothCount || clusterSize(fail) == clusterSize(pass);
    }

    private ObjectivePlan objective(double weight, @Nullable JsonNode passSide, double clusterSize) {
        return slo()
                ? new ObjectivePlan("slo", weight, slo(optional(passSide, "p"), clusterSize), null)
                : new ObjectivePlan("baseline", weight, null, baseline(passSide, clusterSize));
    }

    private SloLimits slo(OptionalDouble passRatio, double clusterSize) {
        return new SloLimits(number(fail.get("p")), passRatio, form(fail), Form.COUNT, clusterSize);
    }

    private BaselineLimits baseline(@Nullable JsonNode passSide, double clusterSize) {
        return new BaselineLimits(
                number(fail.get("rho")),
                number(fail.get("delta")),
                optional(passSide, "rho"),
                optional(passSide, "delta").orElse(0),
                form(fail),
                form(passSide),
                clusterSize);
    }

    private List<Judgement> judge(ObjectivePlan objective, List<JudgeWindow> windows) {
        return new SequentialJudge(new JudgePlan(number(config.get("alpha")), beta(), planned(), 1, List.of(objective)))
                .judgeEach(windows);
    }

    private VerdictLatch latch() {
        return new VerdictLatch(-Math.log(number(config.get("alpha"))), -Math.log(beta()), 0);
    }

    private static Verdict see(VerdictLatch latch, int window, double fail, double pass) {
        latch.see(window, fail, fail, pass, window, true);
        return latch.passedAt().isPresent() ? Verdict.PASS : latch.verdict();
    }

    private static OptionalDouble optional(@Nullable JsonNode side, String field) {
        return side == null || !side.has(field) ? OptionalDouble.empty() : OptionalDouble.of(number(side.get(field)));
    }

    private static double clusterSize(@Nullable JsonNode side) {
        return optional(side, "clusterSize").orElse(1);
    }

    private static Form form(@Nullable JsonNode side) {
        return switch (side == null ? "REQUEST" : side.get("mode").asText()) {
            case "POLL" -> Form.VOTE;
            case "REQUEST", "CLUSTER" -> Form.COUNT;
            default -> throw new IllegalArgumentException("unknown mode in " + side);
        };
    }
}
