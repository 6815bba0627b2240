package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.LogSpace;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A judgement in the making: takes in windows one by one. Not thread-safe. */
public final class RunningJudgement {
    private final JudgePlan plan;
    private final List<ObjectiveTests> objectives;
    /** Tests that may fail a canary. */
    private final List<TestSides> failing;

    /** Tests that a canary has to pass. */
    private final List<TestSides> passing;

    private final VerdictLatch latch;

    /** Room for the weighted evidence of each test that may fail a canary. */
    private final double[] terms;

    private int windows;

    RunningJudgement(JudgePlan plan) {
        this.plan = plan;
        double total = plan.totalWeight();
        this.objectives = plan.objectives().stream()
                .map(o -> ObjectiveTests.of(o, o.gating() ? o.weight() / total : 0, plan.plannedWindows()))
                .toList();
        this.passing = objectives.stream()
                .filter(ObjectiveTests::gating)
                .flatMap(o -> o.tests().stream())
                .toList();
        this.failing = passing.stream().filter(TestSides::mayFail).toList();
        this.latch = new VerdictLatch(plan.failThreshold(), plan.passThreshold(), plan.minFailWindows());
        this.terms = new double[failing.size()];
    }

    /**
     * Takes in the next window.
     *
     * @param observations of each objective, in the order of the plan
     * @param passAllowed whether the bake time is over at its end; without it there is no PASS
     * @throws InvalidPlanException when it has not what the plan looks at
     */
    public void add(List<Observation> observations, boolean passAllowed) {
        plan.requireObservations(observations, windows);
        windows++;
        for (int i = 0; i < objectives.size(); i++) {
            objectives.get(i).fold(observations.get(i));
        }
        // Most windows cannot decide anything, which is seen without computing the evidence.
        if (latch.mayDecide(failCeiling(), passCeiling(), passAllowed)) {
            latch.see(windows, failEvidence(), heldEvidence(), passEvidence(), errorWindows(), passAllowed);
        }
    }

    Verdict verdict() {
        return latch.verdict();
    }

    /** The judgement after the windows taken in: what {@link SequentialJudge#judge} gives of them, bit for bit. */
    public Judgement judgement() {
        return new Judgement(
                latch.verdict(),
                windows,
                failEvidence(),
                passEvidence(),
                plan.failThreshold(),
                plan.passThreshold(),
                latch.passedAt(),
                latch.failedAt(),
                objectives.stream().map(o -> o.evidence(plan.failThreshold())).toList());
    }

    /**
     * Of the test that speaks loudest: errors in one objective do not vouch for a FAIL by another. Where evidence is held, the
     * fewer of what counts and of all, so that holding never makes a FAIL.
     */
    private int errorWindows() {
        return Math.min(
                errorWindowsOfLoudest(TestSides::weightedFail), errorWindowsOfLoudest(TestSides::weightedFailWithHeld));
    }

    private int errorWindowsOfLoudest(ToDoubleFunction<TestSides> evidence) {
        return failing.stream()
                .max(Comparator.comparingDouble(evidence))
                .map(TestSides::errorWindows)
                .orElse(0);
    }

    /** Never above {@link #heldEvidence}, not even by a rounding. */
    private double failEvidence() {
        return Math.min(average(TestSides::weightedFail), heldEvidence());
    }

    private double heldEvidence() {
        return average(TestSides::weightedFailWithHeld);
    }

    private double average(ToDoubleFunction<TestSides> evidence) {
        for (int j = 0; j < terms.length; j++) {
            terms[j] = evidence.applyAsDouble(failing.get(j));
        }
        return terms.length == 0 ? 0 : LogSpace.sumExp(terms);
    }

    /** An average does not exceed its largest part. */
    private double failCeiling() {
        double largest = Double.NEGATIVE_INFINITY;
        for (TestSides test : failing) {
            largest = Math.max(largest, test.failCeiling());
        }
        return largest;
    }

    private double passEvidence() {
        double smallest = Double.POSITIVE_INFINITY;
        for (TestSides test : passing) {
            smallest = Math.min(smallest, test.pass());
        }
        return smallest == Double.POSITIVE_INFINITY ? 0 : smallest;
    }

    private double passCeiling() {
        double smallest = Double.POSITIVE_INFINITY;
        for (TestSides test : passing) {
            smallest = Math.min(smallest, test.passCeiling());
        }
        return smallest;
    }
}
