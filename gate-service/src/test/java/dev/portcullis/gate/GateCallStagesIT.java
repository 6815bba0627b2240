package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code /v1/gate} answers before a deploy, at a canary and after a deploy. */
final class GateCallStagesIT extends GateCalls {
    @Test
    void beforeADeployNothingIsOpenedAndNothingSpeaksAgainstIt() {
        var answer = answer("{\"service\":\"deploys\",\"revision\":\"v1\",\"stage\":\"pre-deploy\"}");
        assertEquals("PROMOTE", text(answer, "decision"));
        assertEquals(List.of("NOTHING_AGAINST_DEPLOY"), reasons(answer));
        assertTrue(answer.path("settled").booleanValue());
        assertEquals("", text(answer, "release") + text(answer, "decisionId"));
        assertEquals(0, answer.path("run").intValue());
        assertEquals("PROMOTE", text(answer("{\"service\":\"deploys\",\"stage\":\"pre-deploy\"}"), "decision"));
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(request -> request.getService().equals("deploys")));
    }

    @Test
    void beforeADeployAnUnknownServiceIsAHold() {
        var answer = answer("{\"service\":\"chekout\",\"stage\":\"pre-deploy\"}");
        assertEquals("HOLD", text(answer, "decision"));
        assertEquals(List.of("UNKNOWN_SERVICE"), reasons(answer));
        assertFalse(answer.path("settled").booleanValue());
    }

    @Test
    void noDeployBeginsBeforeTheLastRollbackHasEnded() {
        var before = "{\"service\":\"owed\",\"stage\":\"pre-deploy\"}";
        try (var own = GateUnderTest.ofCheckout()) {
            GateUnderTest.policy(own.folder, "owed", "");
            awaitPromote("with the new policy", own, before);
            own.rollback.refuse(ErrorReason.TARGET_UNREACHABLE);
            own.analysis.say("owed1", Verdict.FAIL, 1);
            var aborted = GateUnderTest.json(own.ask(question("owed", "owed1", "canary-1", "")));
            assertEquals("ABORT", text(aborted, "decision"));
            awaitHold("ROLLBACK_RUNNING", own, before);
            own.rollback.refuse(null);
            Await.until("the rollback started", LIMIT, () -> !own.release(text(aborted, "release"))
                    .getRollback()
                    .isEmpty());
            for (var state : List.of(Rollback.State.PLANNED, Rollback.State.RUNNING, Rollback.State.VERIFYING)) {
                own.rollback.stands(state, "");
                awaitHold("ROLLBACK_RUNNING", own, before);
            }
            own.rollback.loseRecord(true);
            awaitHold("ROLLBACK_UNAVAILABLE", own, before);
            own.rollback.loseRecord(false);
            for (var state : List.of(
                    Rollback.State.SUCCEEDED,
                    Rollback.State.FAILED,
                    Rollback.State.NEEDS_HUMAN,
                    Rollback.State.CANCELLED)) {
                own.rollback.stands(state, "");
                awaitPromote("after " + state, own, before);
            }
            own.rollback.expireRecord();
            awaitPromote("once it is no longer kept", own, before);
        }
    }

    /** A rollback whose state is not told in time is a hold of its own, after which the question is asked again. */
    private static void awaitHold(String reason, GateUnderTest own, String body) {
        Await.until("HOLD " + reason, LIMIT, () -> {
            var answer = answer(200, own.ask(body));
            assertEquals("HOLD", text(answer, "decision"), answer.toString());
            assertFalse(answer.path("settled").booleanValue());
            return reasons(answer).equals(List.of(reason));
        });
    }

    private static void awaitPromote(String when, GateUnderTest own, String body) {
        Await.until("PROMOTE " + when, LIMIT, () -> text(answer(200, own.ask(body)), "decision")
                .equals("PROMOTE"));
    }

    @Test
    void anAbortWithoutARollbackHoldsNoDeploy() {
        gate.analysis.say("nowhere1", Verdict.FAIL, 1);
        var aborted = answer("{\"service\":\"refused\",\"canary\":\"nowhere1\",\"stage\":\"canary-1\"}");
        assertEquals("ABORT", text(aborted, "decision"));
        assertEquals("PROMOTE", text(answer("{\"service\":\"refused\",\"stage\":\"pre-deploy\"}"), "decision"));
    }

    @Test
    void afterADeployAPassIsAHoldUntilTheAnalysisHasEnded() {
        gate.analysis.say("post1", Verdict.PASS, 3);
        assertEquals("PROMOTE", text(answer(question("cart", "post1", "canary-5", "")), "decision"));
        var running = answer(question("cart", "post1", "post-deploy", ""));
        assertEquals("HOLD", text(running, "decision"));
        assertEquals(List.of("ANALYSIS_RUNNING"), reasons(running));
        assertFalse(running.path("settled").booleanValue());
        assertTrue(text(running, "explanation").contains("2096-10-02T07:06:40Z"), text(running, "explanation"));
        assertEquals(
                "PROMOTE",
                gate.release(text(running, "release"))
                        .getLatestDecision()
                        .getOutcome()
                        .name(),
                "what is recorded is what the evidence says");
        gate.analysis.say(
                "post1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        var ended = answer(question("cart", "post1", "post-deploy", ""));
        assertEquals("PROMOTE", text(ended, "decision"));
        assertTrue(ended.path("settled").booleanValue());
        assertEquals(
                Release.State.PROMOTED, gate.release(text(ended, "release")).getState());
        assertEquals("PROMOTE", text(answer(question("cart", "post1", "post-deploy", "")), "decision"));
    }

    @Test
    void afterADeployAFailAndAPersonEndIt() {
        answer(question("cart", "post2", "canary-1", ""));
        gate.analysis.say("post2", Verdict.FAIL, 3);
        var aborted = answer(question("cart", "post2", "post-deploy", ""));
        assertEquals("ABORT", text(aborted, "decision"));
        assertTrue(aborted.path("settled").booleanValue());
        var open = answer(question("cart", "post3", "post-deploy", ""));
        assertEquals(List.of("NOT_ENOUGH_EVIDENCE"), reasons(open));
        gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(text(open, "release"))
                        .setReason("fine")
                        .build());
        assertEquals("PROMOTE", text(answer(question("cart", "post3", "post-deploy", "")), "decision"));
    }

    @Test
    void afterADeployAPromotionByThePolicyCountsOnceItsAnalysisHasEnded() {
        gate.analysis.say("trusted1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                .setWindowCount(4)
                .setState(Analysis.State.CONCLUDED));
        var ended = answer(question("trusting", "trusted1", "post-deploy", ""));
        assertEquals("PROMOTE", text(ended, "decision"));
        assertEquals(List.of("PROMOTED_WITHOUT_PROOF"), reasons(ended));
    }
}
