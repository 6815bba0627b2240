package dev.portcullis.analysis.judge;

import static dev.portcullis.analysis.judge.Plans.counts;
import static dev.portcullis.analysis.judge.Plans.failing;
import static dev.portcullis.analysis.judge.Plans.healthy;
import static dev.portcullis.analysis.judge.Plans.objective;
import static dev.portcullis.analysis.judge.Plans.plan;
import static dev.portcullis.analysis.judge.Plans.sloOnly;
import static dev.portcullis.analysis.judge.Plans.windows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SequentialJudgeTest {
    private static final ArmCounts TOTAL_FAILURE = counts(1000, 1000, 0, 9000);

    private static List<JudgeWindow> joined(List<JudgeWindow> first, List<JudgeWindow> second) {
        List<JudgeWindow> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static TestEvidence slo(Judgement judgement, int objective) {
        return Objects.requireNonNull(judgement.objectives().get(objective).slo());
    }

    @Test
    void nothingSeenIsNothingKnown() {
        Judgement judgement = new SequentialJudge(plan(objective("errors", 1))).judge(List.of());
        assertEquals(Verdict.CONTINUE, judgement.verdict());
        assertEquals(0, judgement.failEvidence());
        assertEquals(0, judgement.passEvidence());
        assertEquals(Math.log(100), judgement.failThreshold(), 1e-15);
        assertEquals(Math.log(20), judgement.passThreshold(), 1e-15);
    }

    @Test
    void windowsWithoutRequestsDecideNothing() {
        Judgement judgement = new SequentialJudge(plan(objective("errors", 1))).judge(windows(500, ArmCounts.NONE));
        assertEquals(Verdict.CONTINUE, judgement.verdict());
        assertEquals(0, judgement.failEvidence(), 1e-12);
        assertEquals(0, judgement.passEvidence());
    }

    @Test
    void aHealthyCanaryPassesOnceTheBakeTimeIsOver() {
        List<JudgeWindow> baking = List.of(
                new JudgeWindow(List.of(Observation.of(healthy())), false),
                new JudgeWindow(List.of(Observation.of(healthy())), false),
                new JudgeWindow(List.of(Observation.of(healthy())), false));
        SequentialJudge judge = new SequentialJudge(plan(objective("errors", 1)));
        Judgement during = judge.judge(baking);
        assertEquals(Verdict.CONTINUE, during.verdict());
        assertTrue(during.passEvidence() > during.passThreshold());
        Judgement after = judge.judge(joined(baking, windows(1, healthy())));
        assertEquals(Verdict.PASS, after.verdict());
        assertEquals(OptionalInt.of(4), after.passedAt());
    }

    @Test
    void aFailOverridesAnEarlierPassAndIsFinal() {
        SequentialJudge judge = new SequentialJudge(plan(objective("errors", 1)));
        List<JudgeWindow> run = joined(windows(5, healthy()), windows(6, failing()));
        Judgement judgement = judge.judge(joined(run, windows(200, healthy())));
        assertEquals(Verdict.FAIL, judgement.verdict());
        assertEquals(OptionalInt.of(2), judgement.passedAt());
        assertTrue(judgement.failedAt().getAsInt() > 5);
        assertEquals(Verdict.PASS, judgement.firstDecision());
        assertTrue(judgement.failEvidence() < judgement.failThreshold(), "the evidence itself has faded");
    }

    @Test
    void aFailedCanaryNeverPasses() {
        Judgement judgement = new SequentialJudge(plan(objective("errors", 1)))
                .judge(joined(windows(5, failing()), windows(400, healthy())));
        assertTrue(judgement.passEvidence() > judgement.passThreshold());
        assertEquals(OptionalInt.empty(), judgement.passedAt());
        assertEquals(Verdict.FAIL, judgement.firstDecision());
    }

    @Test
    void oneWindowOfErrorsIsNotEnoughWhenTwoAreAskedFor() {
        SequentialJudge judge =
                new SequentialJudge(new JudgePlan(0.01, 0.05, 0, 2, List.of(sloOnly("errors", 1, null))));
        List<JudgeWindow> once = joined(windows(1, TOTAL_FAILURE), windows(3, counts(0, 10, 0, 90)));
        List<Judgement> steps = judge.judgeEach(once);
        assertTrue(steps.getFirst().failEvidence() > steps.getFirst().failThreshold());
        assertEquals(Verdict.CONTINUE, steps.getLast().verdict());
        assertEquals(OptionalInt.of(2), judge.judge(windows(2, TOTAL_FAILURE)).failedAt());
    }

    @Test
    void evidenceHalfWayToAFailVetoesAPass() {
        VerdictLatch latch = new VerdictLatch(4.6, 3, 0);
        latch.see(1, 2.3, 2.3, 100, 1, true);
        assertEquals(Verdict.CONTINUE, latch.verdict());
        latch.see(2, 2.299, 2.299, 100, 1, true);
        assertEquals(Verdict.PASS, latch.verdict());
    }

    @Test
    void weightsAreNormalisedAndSplitBetweenTheTestsOfAnObjective() {
        Judgement judgement = new SequentialJudge(plan(objective("critical", 4), sloOnly("major", 1, 0.005)))
                .judge(windows(3, failing(), healthy()));
        ObjectiveEvidence critical = judgement.objectives().getFirst();
        assertEquals(0.8, critical.weight(), 1e-15);
        assertEquals(0.2, judgement.objectives().getLast().weight(), 1e-15);
        assertNull(judgement.objectives().getLast().baseline());
        double expected = Math.log(0.4 * Math.exp(slo(judgement, 0).fail())
                + 0.4 * Math.exp(Objects.requireNonNull(critical.baseline()).fail())
                + 0.2 * Math.exp(slo(judgement, 1).fail()));
        assertEquals(expected, judgement.failEvidence(), 1e-12);
        double smallest = Math.min(
                Objects.requireNonNull(critical.baseline()).pass().getAsDouble(),
                slo(judgement, 0).pass().getAsDouble());
        assertEquals(smallest, judgement.passEvidence());
    }

    @Test
    void theCulpritIsTheTestThatWouldFailAlone() {
        Judgement judgement = new SequentialJudge(plan(sloOnly("broken", 1, null), sloOnly("fine", 1, null)))
                .judge(windows(6, failing(), healthy()));
        assertEquals(Verdict.FAIL, judgement.verdict());
        assertTrue(slo(judgement, 0).culprit());
        assertFalse(slo(judgement, 1).culprit());
    }

    @Test
    void anObjectiveWithoutWeightIsShownButNeverGates() {
        JudgePlan plan = plan(sloOnly("gating", 1, 0.005), sloOnly("shown", 0, 0.005));
        Judgement judgement = new SequentialJudge(plan).judge(windows(20, healthy(), TOTAL_FAILURE));
        assertEquals(Verdict.PASS, judgement.verdict());
        assertEquals(OptionalInt.empty(), judgement.failedAt());
        assertTrue(slo(judgement, 1).fail() > 100);
        assertFalse(slo(judgement, 1).culprit());
        assertEquals(slo(judgement, 0).pass().getAsDouble(), judgement.passEvidence());
        assertEquals(slo(judgement, 0).fail(), judgement.failEvidence());
    }

    @Test
    void withoutAnyWeightThereIsNoVerdict() {
        Judgement judgement = new SequentialJudge(plan(objective("shown", 0))).judge(windows(50, failing()));
        assertEquals(Verdict.CONTINUE, judgement.verdict());
        assertEquals(0, judgement.failEvidence());
        assertEquals(0, judgement.passEvidence());
    }

    @Test
    void withoutAPassSideThereIsNoPass() {
        Judgement judgement = new SequentialJudge(plan(sloOnly("errors", 1, null))).judge(windows(500, healthy()));
        assertEquals(Verdict.CONTINUE, judgement.verdict());
        assertEquals(0, judgement.passEvidence());
        assertTrue(slo(judgement, 0).pass().isEmpty());
    }

    @Test
    void everyGatingPassTestHasToAgree() {
        Judgement judgement = new SequentialJudge(plan(sloOnly("a", 1, 0.005), sloOnly("b", 1, 0.005)))
                .judge(windows(50, healthy(), ArmCounts.NONE));
        assertTrue(slo(judgement, 0).pass().getAsDouble() > judgement.passThreshold());
        assertEquals(Verdict.CONTINUE, judgement.verdict());
    }

    @Test
    void aWindowWithTheWrongNumberOfObservationsIsNamed() {
        SequentialJudge judge = new SequentialJudge(plan(objective("errors", 1)));
        List<JudgeWindow> windows = joined(windows(3, healthy()), windows(1, healthy(), healthy()));
        InvalidPlanException fault = assertThrows(InvalidPlanException.class, () -> judge.judge(windows));
        assertEquals("windows[3].observations", fault.field());
        assertEquals(
                "windows[3].observations is 2 observations, must be 1, one per objective of the plan",
                fault.getMessage());
    }

    @Test
    void anObservationWithTheWrongNumberOfCutsIsNamed() {
        Observation two = new Observation(List.of(healthy(), healthy()));
        InvalidPlanException fault =
                assertThrows(InvalidPlanException.class, () -> new SequentialJudge(plan(objective("errors", 1)))
                        .judge(List.of(new JudgeWindow(List.of(two), true))));
        assertEquals("windows[0].observations[0].cuts", fault.field());
        assertEquals("windows[0].observations[0].cuts is 2 cuts, must be 1, as the plan has", fault.getMessage());
    }

    @Test
    void errorsOfOneObjectiveDoNotVouchForAFailByAnother() {
        JudgePlan plan =
                new JudgePlan(0.05, 0.05, 0, 2, List.of(sloOnly("errors", 1, null), sloOnly("latency", 1, null)));
        ArmCounts few = counts(1, 15_000, 0, 0);
        List<JudgeWindow> windows = new ArrayList<>(windows(1, few, TOTAL_FAILURE));
        windows.addAll(windows(1, few, counts(0, 10, 0, 0)));
        Judgement once = new SequentialJudge(plan).judge(windows);
        assertTrue(once.failEvidence() > once.failThreshold());
        assertEquals(Verdict.CONTINUE, once.verdict());
        windows.addAll(windows(1, few, TOTAL_FAILURE));
        assertEquals(Verdict.FAIL, new SequentialJudge(plan).judge(windows).verdict());
    }

    @Test
    void requestsSlowerThanAFastBoundaryDoNotVouchForAFailAtASlowOne() {
        Cuts cuts = new Cuts(2, 1, 0, List.of(0, 1));
        JudgePlan plan = new JudgePlan(
                0.01, 0.05, 0, 2, List.of(new ObjectivePlan("latency", 1, 0.5, cuts, Plans.SLO, Plans.BASELINE)));
        ArmCounts usual = counts(4_000, 10_000, 36_000, 90_000);
        JudgeWindow fine = window(usual, counts(0, 10_000, 9, 90_000));
        JudgeWindow slow = window(usual, counts(10_000, 10_000, 9, 90_000));
        assertEquals(
                Verdict.CONTINUE,
                new SequentialJudge(plan).judge(List.of(fine, fine, slow)).verdict());
        assertEquals(
                Verdict.FAIL,
                new SequentialJudge(plan).judge(List.of(fine, fine, slow, slow)).verdict());
    }

    private static JudgeWindow window(ArmCounts... cuts) {
        return new JudgeWindow(List.of(new Observation(List.of(cuts))), true);
    }
}
