package dev.portcullis.benchmarks.calibration.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Argo Rollouts and Flagger do with small series of success rates, one a minute. */
class ThresholdRulesTest {
    private static final double GOOD = 0.999;
    private static final double BAD = 0.98;

    @Test
    void argoFailsAtTheFirstFailureByDefault() {
        assertEquals(CanaryOutcome.aborted(120), argo(0, 5).run(List.of(GOOD, BAD, GOOD, GOOD, GOOD)));
    }

    @Test
    void argoBearsAsManyFailuresAsItsLimit() {
        assertEquals(CanaryOutcome.promoted(300), argo(2, 5).run(List.of(BAD, GOOD, BAD, GOOD, GOOD)));
        assertEquals(CanaryOutcome.aborted(300), argo(2, 5).run(List.of(BAD, GOOD, BAD, GOOD, BAD)));
    }

    @Test
    void argoCountsTheThresholdItselfAsSuccess() {
        assertEquals(CanaryOutcome.promoted(60), argo(0, 1).run(List.of(0.99)));
    }

    @Test
    void argoDoesNotLookAfterItsLastMeasurement() {
        assertEquals(CanaryOutcome.promoted(120), argo(0, 2).run(List.of(GOOD, GOOD, BAD)));
    }

    @Test
    void aMeasurementWithoutTrafficIsAFailure() {
        assertEquals(CanaryOutcome.aborted(60), argo(0, 2).run(List.of(Double.NaN, GOOD)));
    }

    @Test
    void argoIsUndecidedBeforeItsLastMeasurement() {
        assertEquals(CanaryOutcome.undecided(60), argo(0, 2).run(List.of(GOOD)));
    }

    @Test
    void flaggerPromotesAfterAllSteps() {
        assertEquals(CanaryOutcome.promoted(300), flagger().run(Collections.nCopies(10, GOOD)));
    }

    @Test
    void flaggerRollsBackAtTheCheckAfterTheLastBorneFailure() {
        assertEquals(CanaryOutcome.aborted(360), flagger().run(Collections.nCopies(10, BAD)));
    }

    @Test
    void flaggerNeverForgivesAFailedCheck() {
        var checks = new ArrayList<>(List.of(BAD, GOOD, BAD, GOOD, BAD, GOOD, BAD, GOOD, BAD, GOOD));
        assertEquals(CanaryOutcome.aborted(600), flagger().run(checks));
    }

    @Test
    void flaggerWaitsWhereItIsAfterAFailedCheck() {
        assertEquals(CanaryOutcome.promoted(420), flagger().run(List.of(BAD, GOOD, GOOD, BAD, GOOD, GOOD, GOOD)));
    }

    private static ArgoThreshold argo(int failureLimit, int count) {
        return new ArgoThreshold("argo", 0.99, failureLimit, 4, count);
    }

    private static FlaggerChecks flagger() {
        return new FlaggerChecks("flagger", 0.99, 5, 5, 4);
    }
}
