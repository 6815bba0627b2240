package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.stats.LogSpace;
import java.util.List;

/** A judgement in the making: takes in windows one by one. Not thread-safe. */
final class RunningJudgement {
    private final JudgePlan plan;
    private final List<ObjectiveTests> objectives;
    private final List<TestSides> gating;
    private final VerdictLatch latch;

    /** Room for the weighted evidence of each gating test. */
    private final double[] terms;

    private int windows;
    private int errorWindows;

    RunningJudgement(JudgePlan plan) {
        this.plan = plan;
        double total = plan.totalWeight();
        this.objectives = plan.objectives().stream()
                .map(o -> ObjectiveTests.of(o, o.gating() ? o.weight() / total : 0, plan.plannedWindows()))
                .toList();
        this.gating = objectives.stream()
                .flatMap(o -> o.tests().stream())
                .filter(TestSides::gating)
                .toList();
        this.latch = new VerdictLatch(plan.failThreshold(), plan.passThreshold(), plan.minFailWindows());
        this.terms = new double[gating.size()];
    }

    void fold(JudgeWindow window) {
        windows++;
        errorWindows += hasCanaryError(window) ? 1 : 0;
        for (int i = 0; i < objectives.size(); i++) {
            objectives.get(i).fold(window.counts().get(i));
        }
        // Most windows cannot decide anything, which is seen without computing the evidence.
        if (latch.mayDecide(failCeiling(), passCeiling(), window.passAllowed())) {
            latch.see(windows, failEvidence(), passEvidence(), errorWindows, window.passAllowed());
        }
    }

    Judgement judgement() {
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

    private boolean hasCanaryError(JudgeWindow window) {
        for (int i = 0; i < objectives.size(); i++) {
            if (plan.objectives().get(i).gating()
                    && window.counts().get(i).canary().bad() > 0) {
                return true;
            }
        }
        return false;
    }

    private double failEvidence() {
        for (int j = 0; j < terms.length; j++) {
            terms[j] = gating.get(j).weightedFail();
        }
        return terms.length == 0 ? 0 : LogSpace.sumExp(terms);
    }

    /** An average does not exceed its largest part. */
    private double failCeiling() {
        double largest = Double.NEGATIVE_INFINITY;
        for (TestSides test : gating) {
            largest = Math.max(largest, test.failCeiling());
        }
        return largest;
    }

    private double passEvidence() {
        double smallest = Double.POSITIVE_INFINITY;
        for (TestSides test : gating) {
            smallest = Math.min(smallest, test.pass());
        }
        return smallest == Double.POSITIVE_INFINITY ? 0 : smallest;
    }

    private double passCeiling() {
        double smallest = Double.POSITIVE_INFINITY;
        for (TestSides test : gating) {
            smallest = Math.min(smallest, test.passCeiling());
        }
        return smallest;
    }
}
