package dev.portcullis.analysis.judge;

import static dev.portcullis.analysis.judge.Plans.counts;
import static dev.portcullis.analysis.judge.Plans.healthy;
import static dev.portcullis.analysis.judge.Plans.objective;
import static dev.portcullis.analysis.judge.Plans.plan;
import static dev.portcullis.analysis.judge.Plans.windows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedBreachTest {
    private static final JudgePlan UNLESS_SHARED = plan(objective("errors", 1).failingUnlessShared());
    private static final JudgePlan ALWAYS = plan(objective("errors", 1));
    private static final ArmCounts DEAD_CANARY = counts(1_500, 1_500, 6, 13_500);

    /** A part of all requests fails, whichever version serves them. */
    private static ArmCounts outage(double ratio, double canary, double baseline) {
        return counts(ratio * canary, canary, ratio * baseline, baseline);
    }

    @SafeVarargs
    private static List<JudgeWindow> run(List<JudgeWindow>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** The same, but that the first of them are too early for a PASS. */
    private static List<JudgeWindow> baking(int first, List<JudgeWindow> windows) {
        return IntStream.range(0, windows.size())
                .mapToObj(i -> new JudgeWindow(windows.get(i).observations(), i >= first))
                .toList();
    }

    private static TestEvidence slo(Judgement judgement) {
        return Objects.requireNonNull(judgement.objectives().getFirst().slo());
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 1500, 13500",
        "0.5, 1500, 13500",
        "1, 1500, 13500",
        "0.05, 7500, 7500",
        "0.5, 7500, 7500",
        "1, 7500, 7500"
    })
    void anOutageOfBothVersionsFailsNobodyAndPassesNobody(double ratio, double canary, double baseline) {
        ArmCounts usual = outage(0.0004, canary, baseline);
        List<JudgeWindow> windows =
                run(windows(7, usual), windows(10, outage(ratio, canary, baseline)), windows(103, usual));
        assertEquals(Verdict.FAIL, new SequentialJudge(ALWAYS).judge(windows).verdict(), "what the rule is about");
        Judgement judgement =
                new SequentialJudge(UNLESS_SHARED).judge(baking(7, windows).subList(0, 40));
        assertEquals(Verdict.CONTINUE, judgement.verdict());
        assertTrue(slo(judgement).held(), "the evidence is shown, and held");
        assertTrue(slo(judgement).fail() > judgement.failThreshold());
        assertTrue(Objects.requireNonNull(slo(judgement).shared()).alike());
        assertEquals(
                OptionalInt.empty(),
                new SequentialJudge(UNLESS_SHARED).judge(windows).failedAt());
    }

    @ParameterizedTest
    @CsvSource({"150, 1350", "1500, 13500", "15000, 135000", "75, 75", "7500, 7500", "135000, 15000"})
    void aCanaryThatFailsAloneFailsAsSoonAsEver(double canary, double baseline) {
        ArmCounts dead = counts(canary, canary, Math.floor(0.0004 * baseline), baseline);
        assertEquals(
                OptionalInt.of(2),
                new SequentialJudge(UNLESS_SHARED).judge(windows(5, dead)).failedAt());
        List<JudgeWindow> late = run(windows(60, outage(0.0004, canary, baseline)), windows(5, dead));
        OptionalInt failed = new SequentialJudge(UNLESS_SHARED).judge(late).failedAt();
        assertEquals(new SequentialJudge(ALWAYS).judge(late).failedAt(), failed);
        assertTrue(failed.getAsInt() <= 63, "within 90 s: " + failed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60})
    void aCanaryThatFailsAloneAfterAnOutageOfBothIsStillFound(int between) {
        List<JudgeWindow> before = run(
                windows(10, outage(0.0004, 1_500, 13_500)),
                windows(10, outage(1, 1_500, 13_500)),
                windows(between, outage(0.0004, 1_500, 13_500)));
        assertEquals(
                Verdict.CONTINUE,
                new SequentialJudge(UNLESS_SHARED).judge(before).verdict());
        List<JudgeWindow> all = run(before, windows(5, DEAD_CANARY));
        int failed = new SequentialJudge(UNLESS_SHARED).judge(all).failedAt().orElseThrow();
        assertTrue(failed - before.size() <= 3, "within 90 s: window " + (failed - before.size()));
    }

    @ParameterizedTest
    @CsvSource({"0.005, 3", "0.01, 3", "0.05, 4"})
    void aDeadCanaryBesideAStableVersionThatFailsSomeIsNotTheSameBreach(double stable, int within) {
        ArmCounts counts = counts(15_000, 15_000, stable * 135_000, 135_000);
        int failed = new SequentialJudge(UNLESS_SHARED)
                .judge(windows(10, counts))
                .failedAt()
                .orElseThrow();
        assertTrue(failed <= within, "window " + failed);
    }

    @Test
    void aSharedBreachBetweenTheFailAndThePassLimitIsHeldAndNotPassed() {
        List<JudgeWindow> windows = windows(120, outage(0.003, 15_000, 135_000));
        Judgement judgement = new SequentialJudge(UNLESS_SHARED).judge(baking(30, windows));
        assertTrue(judgement.passEvidence() > judgement.passThreshold(), "it does exclude the PASS limit");
        assertTrue(judgement.failEvidence() < judgement.failThreshold() / 2, "and nothing counts against it");
        assertEquals(OptionalInt.empty(), judgement.passedAt());
        assertEquals(Verdict.CONTINUE, judgement.verdict());
    }

    @Test
    void withoutABaselineAndBesideOneThatServesNothingABreachFails() {
        List<JudgeWindow> alone = windows(5, counts(1_500, 1_500, 0, 0));
        assertEquals(
                OptionalInt.of(2),
                new SequentialJudge(UNLESS_SHARED).judge(alone).failedAt());
        JudgePlan none = plan(new ObjectivePlan("errors", 1, Plans.SLO, null).failingUnlessShared());
        Judgement judgement = new SequentialJudge(none).judge(windows(5, outage(1, 1_500, 13_500)));
        assertEquals(OptionalInt.of(2), judgement.failedAt());
        assertNull(slo(judgement).shared());
    }

    @Test
    void aSharedBreachOfOneObjectiveDoesNotHideThatTheCanaryFailsAnother() {
        JudgePlan two = plan(
                objective("availability", 1).failingUnlessShared(),
                objective("latency", 1).failingUnlessShared());
        Judgement judgement = new SequentialJudge(two).judge(windows(5, outage(1, 1_500, 13_500), DEAD_CANARY));
        assertEquals(Verdict.FAIL, judgement.verdict());
        assertFalse(slo(judgement).culprit());
        assertTrue(
                Objects.requireNonNull(judgement.objectives().getLast().slo()).culprit());
    }

    @Test
    void aLatencyIsHeldWhereBothVersionsAreSlowAtItsThreshold() {
        Cuts cuts = new Cuts(2, 1, 0, List.of(0, 1));
        JudgePlan plan =
                plan(new ObjectivePlan("latency", 1, 0.5, cuts, Plans.SLO, Plans.BASELINE).failingUnlessShared());
        ArmCounts below = counts(3_000, 15_000, 27_000, 135_000);
        List<JudgeWindow> bothSlow = List.of(slow(below, outage(0.1, 15_000, 135_000)));
        Judgement held = new SequentialJudge(plan).judge(Collections.nCopies(60, bothSlow.getFirst()));
        assertEquals(Verdict.CONTINUE, held.verdict());
        assertTrue(slo(held).held());
        JudgeWindow canarySlow = slow(below, counts(1_500, 15_000, 9, 135_000));
        assertEquals(
                Verdict.FAIL,
                new SequentialJudge(plan)
                        .judge(Collections.nCopies(5, canarySlow))
                        .verdict());
    }

    private static JudgeWindow slow(ArmCounts fast, ArmCounts atThreshold) {
        return new JudgeWindow(List.of(new Observation(List.of(fast, atThreshold))), true);
    }

    @Test
    void theReadingsOfOneVersionMayBeAWindowBehind() {
        ArmCounts canaryFirst = new ArmCounts(new Counts(1_500, 1_500), new Counts(6, 13_500));
        ArmCounts stableLast = new ArmCounts(new Counts(1, 1_500), new Counts(13_500, 13_500));
        List<JudgeWindow> shifted = run(
                windows(1, canaryFirst),
                windows(9, outage(1, 1_500, 13_500)),
                windows(1, stableLast),
                windows(109, healthy()));
        assertEquals(
                OptionalInt.empty(),
                new SequentialJudge(UNLESS_SHARED).judge(shifted).failedAt());
    }

    @Test
    void countsOfRequestsCannotBeHeld() {
        SloLimits counted = new SloLimits(0.002, OptionalDouble.empty(), Form.COUNT, Form.COUNT, 1);
        ObjectivePlan plan = new ObjectivePlan("errors", 1, counted, Plans.BASELINE);
        InvalidPlanException thrown = assertThrows(InvalidPlanException.class, plan::failingUnlessShared);
        assertEquals("slo.fail_form", thrown.field());
    }
}
