package dev.portcullis.benchmarks.calibration.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.benchmarks.calibration.workload.BadSpells;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.SeededRandom;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeRuleTest {
    @Test
    void aTotalFailureIsAbortedAfterTheFewestWindows() {
        assertEquals(CanaryOutcome.aborted(60), SimulatedPolicies.standard().run(polls(750, 3)));
    }

    @Test
    void aFlawlessCanaryIsPromotedWhenTheBakeTimeIsOver() {
        var flawless =
                new Polls(Collections.nCopies(240, new ArmCounts(new Counts(0, 75_000), new Counts(300, 675_000))));
        assertEquals(CanaryOutcome.promoted(300), SimulatedPolicies.standard().run(flawless));
    }

    @Test
    void aFailAfterThePromotionOverridesItAndBothTimesAreKept() {
        var polls = new Polls(IntStream.range(0, 240)
                .mapToObj(poll -> poll < 120
                        ? new ArmCounts(new Counts(0, 75_000), new Counts(300, 675_000))
                        : new ArmCounts(new Counts(75_000, 75_000), new Counts(300, 675_000)))
                .toList());
        var outcome = SimulatedPolicies.breachFails().run(polls);
        assertEquals(CanaryOutcome.promoted(300).overridden(1860), outcome);
        assertTrue(outcome.isPromoted());
        assertFalse(outcome.isAborted());
        assertTrue(outcome.isEverAborted());
        assertEquals(OptionalInt.of(1860), outcome.abortedAt());
    }

    @Test
    void theOutcomeIsTheJudgementOfTheWholeHour() {
        var workload = new Workload(
                "spells",
                Scenario.steady(50, 450, 0.0005, 0.0005).with(new BadSpells(1, 9, 8, 0.05, 0.02)),
                Clumping.INDEPENDENT);
        var rule = SimulatedPolicies.latencyObjective(Cuts.ONE);
        for (var run = 0; run < 30; run++) {
            var windows = workload.sample(SeededRandom.of(run), Polls.HOUR).windows(2).stream()
                    .map(Observation::of)
                    .toList();
            var whole = new SequentialJudge(rule.plan()).judge(JudgedWindows.of(windows, 30, rule.bakeSeconds()));
            var outcome = rule.run(windows);
            assertEquals(whole.failedAt().isPresent(), outcome.isEverAborted());
            assertEquals(whole.passedAt().isPresent(), outcome.isPromoted());
        }
    }

    @Test
    void withoutTrafficNothingIsDecided() {
        assertEquals(
                CanaryOutcome.undecided(3600),
                SimulatedPolicies.standard().run(new Polls(Collections.nCopies(240, ArmCounts.NONE))));
    }

    @Test
    void aDecisionIsTheSameInWhicheverPartOfTheRunItFalls() {
        for (var start : new int[] {0, 60, 150}) {
            var polls = new Polls(IntStream.range(0, 240)
                    .mapToObj(poll -> counts(poll < start ? 0 : 375, 0))
                    .toList());
            var aborted = SimulatedPolicies.slo(Form.VOTE, 0.001, 1, false).run(polls);
            assertEquals(CanaryOutcome.Decision.ABORTED, aborted.decision());
            assertEquals(0, aborted.seconds() % Polls.SECONDS);
        }
    }

    @Test
    void anOutageThatHitsBothArmsIsNotTheCanarysFaultByTheBaselineLimits() {
        assertEquals(
                CanaryOutcome.Decision.PROMOTED,
                SimulatedPolicies.baselineOnly().run(polls(375, 3375)).decision());
    }

    @Test
    void pooledCountsAreOneWindow() {
        var pooledRule = new PooledRule("pooled", SimulatedPolicies.baseline(Form.COUNT, 1, false));
        assertEquals(CanaryOutcome.aborted(Polls.SECONDS), pooledRule.run(polls(40, 10)));
    }

    @Test
    void aComparisonScoreFailsAWorseCanaryAtItsFirstLook() {
        var rule = new ComparisonScore("score", 4, 10, 5, 60);
        var worse = new Polls(IntStream.range(0, 240)
                .mapToObj(poll -> counts(30 + poll % 7, 90 + poll % 5))
                .toList());
        assertEquals(CanaryOutcome.aborted(600), rule.run(worse));
    }

    @Test
    void aComparisonScorePromotesAtItsLastLook() {
        var rule = new ComparisonScore("score", 4, 10, 5, 60);
        assertEquals(CanaryOutcome.promoted(3600), rule.run(polls(1, 9)));
    }

    private static Polls polls(int canaryBad, int baselineBad) {
        return new Polls(
                Stream.generate(() -> counts(canaryBad, baselineBad)).limit(240).toList());
    }

    private static ArmCounts counts(int canaryBad, int baselineBad) {
        return new ArmCounts(new Counts(canaryBad, 750), new Counts(baselineBad, 6750));
    }
}
