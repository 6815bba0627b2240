package dev.portcullis.analysis.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SequentialJudgePropertiesTest {
    @Property(tries = 300)
    void judgingAnewAfterEachWindowGivesWhatGoingOnWouldHaveGiven(
            @ForAll("plans") JudgePlan plan, @ForAll("runs") List<JudgeWindow> windows) {
        SequentialJudge judge = new SequentialJudge(plan);
        List<Judgement> steps = judge.judgeEach(windows);
        for (int t = 1; t <= windows.size(); t++) {
            assertEquals(steps.get(t - 1), judge.judge(windows.subList(0, t)));
        }
    }

    @Property(tries = 300)
    void whoeverLooksAwayAfterTheDecisionSeesWhatWasKnownThen(
            @ForAll("plans") JudgePlan plan, @ForAll("runs") List<JudgeWindow> windows) {
        SequentialJudge judge = new SequentialJudge(plan);
        List<Judgement> steps = judge.judgeEach(windows);
        Judgement expected = steps.stream()
                .filter(step -> step.verdict() != Verdict.CONTINUE)
                .findFirst()
                .orElse(steps.getLast());
        assertEquals(expected, judge.judgeUntilDecided(windows));
        Iterator<JudgeWindow> asked = windows.iterator();
        judge.judgeUntilDecided(() -> asked);
        assertEquals(expected.windows() < windows.size(), asked.hasNext());
    }

    @Property(tries = 300)
    void moreCanaryErrorsNeverSpeakForTheCanary(
            @ForAll("plans") JudgePlan plan,
            @ForAll("runs") List<JudgeWindow> windows,
            @ForAll("ratios") double share,
            @ForAll @IntRange(max = 19) int at) {
        Judgement before = new SequentialJudge(plan).judge(windows);
        Judgement after = new SequentialJudge(plan).judge(withMoreErrors(windows, share, at % windows.size()));
        assertAtLeast(before.failEvidence(), after.failEvidence());
        assertAtLeast(after.passEvidence(), before.passEvidence());
    }

    @Property(tries = 500)
    void holdingASharedBreachOnlyTakesDecisionsAway(
            @ForAll("votePlans") JudgePlan plan, @ForAll("runs") List<JudgeWindow> windows) {
        List<Judgement> always = new SequentialJudge(plan).judgeEach(windows);
        List<Judgement> held = new SequentialJudge(unlessShared(plan)).judgeEach(windows);
        for (int t = 0; t < windows.size(); t++) {
            Judgement all = always.get(t);
            Judgement counted = held.get(t);
            assertTrue(counted.failEvidence() <= all.failEvidence());
            assertEquals(all.passEvidence(), counted.passEvidence());
            assertTrue(counted.failedAt().isEmpty() || all.failedAt().isPresent(), "a FAIL that was none");
            assertTrue(
                    counted.passedAt().isEmpty()
                            || all.passedAt().isPresent()
                            || all.failedAt().isPresent(),
                    "a PASS that was none");
        }
    }

    @Property(tries = 300)
    void besideAStableVersionWithoutErrorsNothingIsHeld(
            @ForAll("votePlans") JudgePlan plan, @ForAll("runs") List<JudgeWindow> windows) {
        List<JudgeWindow> clean = windows.stream()
                .map(SequentialJudgePropertiesTest::withCleanBaseline)
                .toList();
        List<Judgement> always = new SequentialJudge(plan).judgeEach(clean);
        List<Judgement> held = new SequentialJudge(unlessShared(plan)).judgeEach(clean);
        for (int t = 0; t < clean.size(); t++) {
            assertEquals(always.get(t).verdict(), held.get(t).verdict());
            assertEquals(always.get(t).failEvidence(), held.get(t).failEvidence());
        }
    }

    private static JudgePlan unlessShared(JudgePlan plan) {
        return new JudgePlan(
                plan.alpha(),
                plan.beta(),
                plan.plannedWindows(),
                plan.minFailWindows(),
                plan.objectives().stream()
                        .map(ObjectivePlan::failingUnlessShared)
                        .toList());
    }

    private static JudgeWindow withCleanBaseline(JudgeWindow window) {
        ArmCounts counts = window.observations().getFirst().at(0);
        ArmCounts clean =
                new ArmCounts(counts.canary(), new Counts(0, counts.baseline().total()));
        return new JudgeWindow(List.of(Observation.of(clean)), window.passAllowed());
    }

    @Provide
    Arbitrary<JudgePlan> votePlans() {
        return plans(Arbitraries.of(Form.VOTE));
    }

    @Property(tries = 500)
    void evidenceIsAlwaysANumber(@ForAll("plans") JudgePlan plan, @ForAll("hugeRuns") List<JudgeWindow> windows) {
        for (Judgement judgement : new SequentialJudge(plan).judgeEach(windows)) {
            assertTrue(Double.isFinite(judgement.failEvidence()) && Double.isFinite(judgement.passEvidence()));
            judgement.objectives().stream()
                    .flatMap(o -> Stream.of(o.slo(), o.baseline()))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .forEach(t -> assertTrue(Double.isFinite(t.fail())
                            && Double.isFinite(t.pass().orElse(0))));
        }
    }

    @Property(tries = 300)
    void aSlowerCanaryNeverSpeaksForItselfAtAnyBoundary(
            @ForAll("runs") List<JudgeWindow> windows,
            @ForAll("ratios") double share,
            @ForAll @IntRange(max = 19) int at,
            @ForAll @IntRange(max = 2) int cut) {
        JudgePlan plan = Plans.plan(
                new ObjectivePlan("latency", 1, 0.5, new Cuts(3, 1, 0, List.of(0, 1, 2)), Plans.SLO, Plans.BASELINE));
        List<JudgeWindow> usual =
                windows.stream().map(w -> cutInThree(w, -1, 0)).toList();
        List<JudgeWindow> slower = new ArrayList<>(usual);
        slower.set(at % windows.size(), cutInThree(windows.get(at % windows.size()), cut, share));
        Judgement before = new SequentialJudge(plan).judge(usual);
        Judgement after = new SequentialJudge(plan).judge(slower);
        assertAtLeast(before.failEvidence(), after.failEvidence());
        assertAtLeast(after.passEvidence(), before.passEvidence());
        assertTrue(Double.isFinite(after.failEvidence()) && Double.isFinite(after.passEvidence()));
    }

    /** All, half and a quarter of the bad requests are slower than the boundaries; up to one of them, more are. */
    private static JudgeWindow cutInThree(JudgeWindow window, int upTo, double share) {
        ArmCounts counts = window.observations().getFirst().at(0);
        List<ArmCounts> cuts = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
            cuts.add(new ArmCounts(part(counts.canary(), j, j <= upTo ? share : 0), part(counts.baseline(), j, 0)));
        }
        return new JudgeWindow(List.of(new Observation(cuts)), window.passAllowed());
    }

    private static Counts part(Counts counts, int halvings, double share) {
        double bad = counts.bad() / (1 << halvings);
        return new Counts(Math.min(counts.total(), bad + share * (counts.total() - bad)), counts.total());
    }

    @Property(tries = 200)
    void boundsAreNumbersAroundOneAnother(@ForAll("hugeRuns") List<JudgeWindow> windows, @ForAll Form form) {
        List<ArmCounts> counts =
                windows.stream().map(w -> w.observations().getFirst().at(0)).toList();
        SloLimits slo = new SloLimits(0.1, OptionalDouble.empty(), form, Form.COUNT, 1);
        BaselineLimits baseline = new BaselineLimits(1, 0, OptionalDouble.empty(), 0, form, form, 1);
        for (var bounds : List.of(
                RatioBounds.ratio(slo, 0.01, 0.05, counts), RatioBounds.relative(baseline, 0.01, 0.05, counts))) {
            assertTrue(bounds.lower().orElse(0) >= 0 && bounds.lower().orElse(0) <= 1e9, bounds::toString);
            assertTrue(bounds.upper().orElse(1) > 0 && bounds.upper().orElse(1) <= 1e9, bounds::toString);
        }
    }

    private static void assertAtLeast(double smaller, double larger) {
        assertTrue(larger >= smaller - 1e-12 * Math.max(1, Math.abs(smaller)), () -> larger + " is below " + smaller);
    }

    private static List<JudgeWindow> withMoreErrors(List<JudgeWindow> windows, double share, int at) {
        List<JudgeWindow> more = new ArrayList<>(windows);
        ArmCounts counts = windows.get(at).observations().getFirst().at(0);
        Counts canary = counts.canary();
        double bad = Math.min(canary.total(), canary.bad() + share * (canary.total() - canary.bad()));
        ArmCounts worse = new ArmCounts(new Counts(bad, canary.total()), counts.baseline());
        more.set(
                at,
                new JudgeWindow(List.of(Observation.of(worse)), windows.get(at).passAllowed()));
        return more;
    }

    @Provide
    Arbitrary<JudgePlan> plans() {
        return Arbitraries.oneOf(
                plans(Arbitraries.of(Form.class)), votePlans().map(SequentialJudgePropertiesTest::unlessShared));
    }

    private static Arbitrary<JudgePlan> plans(Arbitrary<Form> sloForms) {
        Arbitrary<SloLimits> slos = Combinators.combine(
                        Arbitraries.doubles().between(1e-6, 0.5).ofScale(9), sloForms, Arbitraries.of(1.0, 5.0))
                .as((ratio, form, size) ->
                        new SloLimits(ratio, OptionalDouble.of(1.5 * ratio), form, Form.COUNT, size));
        Arbitrary<BaselineLimits> baselines = Combinators.combine(
                        Arbitraries.doubles().between(0.5, 3).ofScale(9),
                        Arbitraries.of(0.0, 0.001),
                        Arbitraries.of(Form.class),
                        Arbitraries.of(Form.class))
                .as((factor, margin, failForm, passForm) -> new BaselineLimits(
                        factor,
                        margin,
                        OptionalDouble.of(1.5 * factor),
                        2 * margin,
                        failForm,
                        margin > 0 ? Form.COUNT : passForm,
                        2));
        return Combinators.combine(slos, baselines, Arbitraries.integers().between(0, 30))
                .as((slo, baseline, planned) ->
                        new JudgePlan(0.01, 0.05, planned, 1, List.of(new ObjectivePlan("errors", 1, slo, baseline))));
    }

    @Provide
    Arbitrary<Double> ratios() {
        return Arbitraries.doubles().between(0, 1).ofScale(9);
    }

    @Provide
    Arbitrary<List<JudgeWindow>> runs() {
        return runs(Arbitraries.oneOf(
                Arbitraries.integers().between(0, 3).map(i -> (double) i),
                Arbitraries.integers().between(0, 10_000).map(i -> (double) i)));
    }

    @Provide
    Arbitrary<List<JudgeWindow>> hugeRuns() {
        return runs(Arbitraries.oneOf(
                Arbitraries.of(0.0, 1.0, 1e15),
                Arbitraries.doubles().between(0, 1e15).ofScale(9)));
    }

    private Arbitrary<List<JudgeWindow>> runs(Arbitrary<Double> totals) {
        Arbitrary<Counts> counts = Combinators.combine(totals, Arbitraries.oneOf(Arbitraries.of(0.0, 1.0), ratios()))
                .as((total, ratio) -> new Counts(Math.min(total, Math.rint(total * ratio * ratio * ratio)), total));
        return Combinators.combine(counts, counts, Arbitraries.of(true, false))
                .as((canary, baseline, allowed) ->
                        new JudgeWindow(List.of(Observation.of(new ArmCounts(canary, baseline))), allowed))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
