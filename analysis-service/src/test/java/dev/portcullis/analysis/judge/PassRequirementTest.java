package dev.portcullis.analysis.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.SequentialTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class PassRequirementTest {
    private static final double THRESHOLD = StrictMath.log(20);
    private static final JudgePlan PLAN = Plans.plan(Plans.objective("availability", 1));
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aFaultlessCanaryNeedsLittleLessThanFiveClustersForEachRequestThatTheLimitAllows() {
        double requests = needed(PLAN, TestKind.SLO, Plans.counts(0, 1, 0, 9));
        assertEquals(4.77 * 5 / 0.005, requests, 0.01 * requests);
    }

    @Property(tries = 200)
    void aFaultlessCanaryReachesTheThresholdWithTheRequestThatIsTold(
            @ForAll @Scale(6) @DoubleRange(min = 1e-5, max = 0.5) double limit,
            @ForAll @Scale(6) @DoubleRange(min = 1, max = 50) double clusterSize) {
        SloLimits limits = new SloLimits(limit / 2, OptionalDouble.of(limit), Form.VOTE, Form.COUNT, clusterSize);
        JudgePlan plan = Plans.plan(new ObjectivePlan("availability", 1, limits, null));
        double requests = needed(plan, TestKind.SLO, ArmCounts.ofCanary(new Counts(0, 1)));
        assertEquals(THRESHOLD, folded(limits.betterThan(limit), ArmCounts.ofCanary(new Counts(0, requests))), 1e-9);
        assertTrue(folded(limits.betterThan(limit), ArmCounts.ofCanary(new Counts(0, requests * 0.999))) < THRESHOLD);
    }

    @Property(tries = 200)
    void expectedCountsReachTheThresholdWithTheRequestsThatAreToldHoweverTheyAreCutIntoWindows(
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.004) double canary,
            @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.01) double baseline,
            @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 99) double perCanaryRequest) {
        ArmCounts seen = Plans.counts(canary, 1, baseline * perCanaryRequest, perCanaryRequest);
        for (PassRequirement test : PassRequirement.of(PLAN, List.of(Observation.of(seen)))) {
            Increment increment =
                    test.kind() == TestKind.SLO ? Plans.SLO.betterThan(0.005) : Plans.BASELINE.betterThan(2, 0.001);
            test.requests().ifPresent(requests -> {
                ArmCounts window = times(seen, requests / 10);
                SequentialTest real = new SequentialTest(increment, 0);
                for (int i = 0; i < 10; i++) {
                    assertTrue(real.logEvidence() < THRESHOLD);
                    real.fold(window);
                }
                assertEquals(THRESHOLD, real.logEvidence(), 1e-9);
            });
        }
    }

    @Property(tries = 100)
    void theSloTestNeedsNoMoreThanTheRuleOfThumbAndNotMuchLess(
            @ForAll @Scale(6) @DoubleRange(min = 0.02, max = 0.9) double share,
            @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 0.1) double limit) {
        SloLimits limits = new SloLimits(limit / 2, OptionalDouble.of(limit), Form.VOTE, Form.COUNT, 5);
        JudgePlan plan = Plans.plan(new ObjectivePlan("availability", 1, limits, null));
        double ratio = share * limit;
        double divergence =
                ratio * StrictMath.log(share) + (1 - ratio) * (StrictMath.log1p(-ratio) - StrictMath.log1p(-limit));
        double rule = 5 * (THRESHOLD + 2.5) / divergence;
        double requests = needed(plan, TestKind.SLO, ArmCounts.ofCanary(new Counts(ratio, 1)));
        assertTrue(requests > 0.7 * rule && requests < 1.05 * rule, () -> requests + " but the rule says " + rule);
    }

    @Test
    void aCanaryAtTheLimitNeverPasses() {
        assertTrue(PassRequirement.of(PLAN, seen(Plans.counts(5, 1_000, 0, 0))).stream()
                .allMatch(test -> test.requests().isEmpty()));
    }

    @Test
    void onlyWhatGatesIsAskedFor() {
        JudgePlan plan = Plans.plan(
                Plans.objective("shown", 0), Plans.sloOnly("gating", 1, 0.005), Plans.sloOnly("never", 1, null));
        Observation any = Observation.of(Plans.counts(0, 1, 0, 9));
        assertEquals(
                List.of("gating"),
                PassRequirement.of(plan, List.of(any, any, any)).stream()
                        .map(PassRequirement::objective)
                        .toList());
    }

    @Test
    void everyComparedCutHasToPassSoTheOneThatNeedsMostTells() {
        Cuts cuts = new Cuts(2, 0, 1, List.of(0, 1));
        JudgePlan two = Plans.plan(new ObjectivePlan("latency", 1, 0.5, cuts, null, Plans.BASELINE));
        JudgePlan one = Plans.plan(new ObjectivePlan("latency", 1, null, Plans.BASELINE));
        ArmCounts quick = Plans.counts(0, 100, 9, 900);
        ArmCounts slow = Plans.counts(0.05, 100, 0.45, 900);
        double needed = PassRequirement.of(two, List.of(new Observation(List.of(slow, quick))))
                .getFirst()
                .requests()
                .orElseThrow();
        assertEquals(needed(one, TestKind.BASELINE, slow), needed);
        assertTrue(needed > needed(one, TestKind.BASELINE, quick));
    }

    @Test
    void oneRequestASecondIsTooFewForTheDefaultsAndOneHour() {
        List<Observation> firstMinute = seen(Plans.counts(0, 60, 0, 540));
        PassShortage shortage = PassRequirement.outOfReach(
                        PLAN, firstMinute, Duration.ofMinutes(1), Duration.ofMinutes(59))
                .orElseThrow();
        assertEquals(3_600, shortage.coming(), 1e-6);
        assertTrue(shortage.needed().orElseThrow() > 4_700);
    }

    @Test
    void fiftyRequestsASecondAreEnough() {
        List<Observation> firstMinute = seen(Plans.counts(0, 3_000, 13, 27_000));
        assertEquals(
                Optional.empty(),
                PassRequirement.outOfReach(PLAN, firstMinute, Duration.ofMinutes(1), Duration.ofMinutes(59)));
    }

    @Test
    void errorsThatTheBaselineMayHaveHadByChanceCountForTheCanary() {
        // 7,200 canary requests in the hour: enough against the SLO, not enough beside a faultless baseline.
        List<Observation> firstMinute = seen(Plans.counts(0, 120, 0, 1_080));
        assertEquals(
                Optional.empty(),
                PassRequirement.outOfReach(PLAN, firstMinute, Duration.ofMinutes(1), Duration.ofMinutes(59)));
        PassShortage atTheEnd = PassRequirement.outOfReach(
                        PLAN, seen(Plans.counts(0, 7_200, 0, 64_800)), HOUR, Duration.ZERO)
                .orElseThrow();
        assertEquals(TestKind.BASELINE, atTheEnd.kind());
    }

    @Test
    void withoutABaselineRequestNoNumberIsEnough() {
        PassShortage shortage = PassRequirement.outOfReach(PLAN, seen(Plans.counts(0, 60_000, 0, 0)), HOUR, HOUR)
                .orElseThrow();
        assertEquals(new PassShortage("availability", TestKind.BASELINE, OptionalDouble.empty(), 120_000), shortage);
    }

    @Test
    void withoutARequestOfTheCanaryNothingIsKnown() {
        assertEquals(Optional.empty(), PassRequirement.outOfReach(PLAN, seen(Plans.counts(0, 0, 0, 900)), HOUR, HOUR));
    }

    private static List<Observation> seen(ArmCounts counts) {
        return List.of(Observation.of(counts));
    }

    private static double needed(JudgePlan plan, TestKind kind, ArmCounts seen) {
        return PassRequirement.of(plan, seen(seen)).stream()
                .filter(test -> test.kind() == kind)
                .findFirst()
                .orElseThrow()
                .requests()
                .orElseThrow();
    }

    private static double folded(Increment increment, ArmCounts window) {
        SequentialTest test = new SequentialTest(increment, 0);
        test.fold(window);
        return test.logEvidence();
    }

    private static ArmCounts times(ArmCounts counts, double factor) {
        return new ArmCounts(times(counts.canary(), factor), times(counts.baseline(), factor));
    }

    private static Counts times(Counts counts, double factor) {
        return new Counts(counts.bad() * factor, counts.total() * factor);
    }
}
