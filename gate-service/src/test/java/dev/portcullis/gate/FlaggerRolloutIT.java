package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole rollouts of Flagger, and what the gate has on record of them. */
final class FlaggerRolloutIT extends FlaggerCalls {
    private void goesOn() {
        gate.analysis.say("checkout", Verdict.CONTINUE, 1);
    }

    @Test
    void aGoodCanaryIsGivenUsersOnceThenHeldUntilItPassedAndIsOnRecordAsPromoted() {
        var canary = checkout();
        canary.begin("a");
        assertEquals(GO, canary.firstTick(), "without users there would never be evidence");
        var start = gate.analysis.starts().getFirst();
        assertEquals(List.of("checkout", "checkout-primary"), List.of(start.getCanary(), start.getBaseline()));
        for (var tick = 0; tick < 3; tick++) {
            assertEquals(HOLD, canary.call("rollback"));
            assertEquals(GO, canary.call("rollout"), "a hold is no failed check");
            assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        }
        assertEquals(HOLD, canary.call("confirm-promotion"));
        gate.analysis.say("checkout", Verdict.PASS, 4);
        assertEquals(GO, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(GO, canary.call("confirm-promotion"));
        canary.end("Succeeded");

        var release = newest();
        assertEquals(Release.State.PROMOTED, release.getState());
        assertEquals("a.1", release.getRevision());
        assertEquals(List.of("shop", "checkout"), List.of(release.getNamespace(), release.getRollout()));
        assertEquals(
                List.of(DecisionReason.PROMOTED_BY_CONTROLLER),
                release.getLatestDecision().getReasonsList());
        assertEquals("flagger", release.getLatestDecision().getActor());
        Await.until("the analysis to be cancelled", LIMIT, () -> gate.analysis
                .cancelled()
                .contains(release.getAnalysis()));
        canary.end("Succeeded");
        assertEquals(1, releases().size(), "a report that comes twice");
    }

    @Test
    void aBadCanaryIsTakenBackByTheRollbackHookAloneAndARetryOfTheSameContentIsJudgedAnew() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        fails();
        var text = canary.send("rollout");
        assertEquals(HOLD, text.statusCode());
        assertTrue(text.body().startsWith("ABORT SLO_VIOLATED: "), text.body());
        assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("confirm-promotion"));
        assertEquals(HOLD, canary.call("pre-rollout"));
        assertEquals(GO, canary.call("rollback"));
        canary.end("Failed");
        assertEquals(Release.State.ABORTED, newest().getState());
        assertEquals(
                List.of(DecisionReason.SLO_VIOLATED),
                newest().getLatestDecision().getReasonsList());
        assertEquals(HOLD, canary.call("rollback"), "nothing is analysed in phase Failed");
        // Its state is left out when rollback-service takes long to tell it.
        Await.until("a hold for the rollback", LIMIT, () -> {
            var early = canary.send("confirm-rollout");
            assertEquals(HOLD, early.statusCode());
            return early.body().startsWith("HOLD ROLLBACK_RUNNING: ");
        });

        gate.rollback.stands(Rollback.State.SUCCEEDED, "users recovered");
        goesOn();
        canary.begin("a");
        assertEquals(HOLD, canary.call("rollback"), "that was the rollout before");
        assertEquals(GO, canary.firstTick());
        assertEquals("a.2", newest().getRevision());
        assertEquals(Release.State.OPEN, newest().getState());
    }

    @Test
    void whatFlaggerTakesBackByItselfIsOnRecordAndOrdersNoRollback() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        canary.end("Failed");
        var release = newest();
        assertEquals(Release.State.ABORTED, release.getState());
        assertEquals(
                List.of(DecisionReason.ABORTED_BY_CONTROLLER),
                release.getLatestDecision().getReasonsList());
        assertEquals("", release.getRollback());
        assertEquals("", release.getRollbackDetail());
        assertEquals(List.of(), gate.rollback.asked());
    }

    @Test
    void aRolloutThatSkipsTheAnalysisIsOnRecord() {
        var canary = checkout();
        canary.begin("a");
        canary.end("Succeeded");
        canary.begin("a");
        canary.end("Succeeded");
        assertEquals(
                List.of("a.2", "a.1"),
                releases().stream().map(Release::getRevision).toList());
        assertTrue(releases().stream().allMatch(release -> release.getState() == Release.State.PROMOTED));
        assertEquals(List.of(), gate.analysis.starts());
    }

    @Test
    void backAndForthInTheMiddleOfAnAnalysisAreThreeReleasesOfWhichOnlyTheLastIsOpen() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        fails();
        assertEquals(GO, canary.call("rollback"));
        goesOn();
        canary.checksum = "b";
        assertEquals(HOLD, canary.call("rollback"));
        canary.firstTick();
        canary.checksum = "a";
        assertEquals(HOLD, canary.call("rollback"), "the ABORT was of the first a");
        assertEquals(
                List.of("a.3", "b.2", "a.1"),
                releases().stream().map(Release::getRevision).toList());
        assertEquals(
                List.of(Release.State.OPEN, Release.State.SUPERSEDED, Release.State.ABORTED),
                releases().stream().map(Release::getState).toList());
    }

    @Test
    void aPersonsAbortIsCarriedOut() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(newest().getName())
                        .setReason("payments are failing")
                        .build());
        assertEquals(GO, canary.call("rollback"));
    }

    @Test
    void theReportThatWasLostIsMadeUpByTheNextQuestion() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        canary.phase = "Failed";
        canary.begin("b");
        assertEquals(Release.State.ABORTED, newest().getState());
        canary.firstTick();
        canary.phase = "Succeeded";
        canary.begin("c");
        assertEquals(Release.State.PROMOTED, newest().getState());
    }

    @Test
    void twoCanariesOfOneServiceAreTwoReleases() {
        var east = new Canary("east", Map.of("service", "checkout", "target", "checkout-east"));
        var west = new Canary(
                "west", Map.of("service", "checkout", "canary", "checkout-west", "stable", "checkout-west-stable"));
        for (var canary : List.of(east, west)) {
            canary.begin("a");
            assertEquals(GO, canary.firstTick());
        }
        gate.analysis.say("checkout-west", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        assertEquals(GO, west.call("rollback"));
        assertEquals(HOLD, east.call("rollback"));
        assertEquals(
                List.of("checkout-west-stable", "checkout-east-primary"),
                releases().stream().map(Release::getStable).toList());
    }

    /** Hooks as events and reports alone: Flagger decides by itself, and the gate has its opinion on record. */
    @Test
    void eventsAloneOpenReleasesAndTellTheWeight() {
        var canary = checkout();
        assertEquals(202, canary.event("Initialization done! checkout.shop"));
        canary.phase = "Progressing";
        assertEquals(202, canary.event("New revision detected! Scaling up checkout.shop"));
        canary.checksum = "a";
        assertEquals(202, canary.event("Starting canary analysis for checkout.shop"));
        Await.until("the release to be opened", LIMIT, () -> !releases().isEmpty());
        assertEquals("a.1", newest().getRevision());
        canary.event("Advance checkout.shop canary weight 20");
        canary.end("Succeeded");
        assertEquals(Release.State.PROMOTED, newest().getState());
        canary.phase = "Progressing";
        canary.event("Promotion completed! Scaling down checkout.shop");
        canary.checksum = "b";
        canary.event("Starting canary analysis for checkout.shop");
        Await.until("the next release", LIMIT, () -> releases().size() == 2);
        assertEquals("b.2", newest().getRevision());
    }

    @Test
    void aDryRunLetsFlaggerGoOnAndRollsNothingBack() {
        var canary = new Canary("checkout", Map.of("dryRun", "true"));
        canary.begin("a");
        assertEquals(GO, canary.firstTick());
        fails();
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(GO, canary.call("confirm-traffic-increase"));
        assertEquals(GO, canary.call("rollout"));
        assertEquals(GO, canary.call("confirm-promotion"));
        canary.end("Succeeded");
        assertEquals(Release.State.ABORTED, newest().getState(), "the gate's opinion stays on record");
        assertTrue(newest().getDryRun());
        canary.begin("b");
        canary.end("Succeeded");
        assertTrue(newest().getDryRun());
        assertEquals(List.of(), gate.rollback.asked());
    }

    @Test
    void releasesOfTwoRolloutsNeverShareAnAnalysis() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        var first = newest();
        canary.end("Failed");
        canary.begin("a");
        canary.firstTick();
        assertNotEquals(first.getAnalysis(), newest().getAnalysis());
        assertEquals(1, newest().getRun());
    }
}
