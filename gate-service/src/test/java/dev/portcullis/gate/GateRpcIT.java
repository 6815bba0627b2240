package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GateService as its callers see it. */
final class GateRpcIT extends GateRpcSetup {
    @Test
    void evaluateGateIsTheSameQuestionAsOverHttp() {
        var response = gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("asked")
                        .setCanary("c1")
                        .build());
        assertEquals(Outcome.HOLD, response.getDecision().getOutcome());
        assertEquals(
                List.of(DecisionReason.NOT_ENOUGH_EVIDENCE),
                response.getDecision().getReasonsList());
        assertEquals(Verdict.CONTINUE, response.getDecision().getVerdict());
        assertEquals(
                response.getRelease().getLatestDecision().getName(),
                response.getDecision().getName());
        var same = GateUnderTest.json(gate.get("service=asked&canary=c1"));
        assertEquals(response.getRelease().getName(), same.path("release").textValue());
        assertTrue(response.getDecision()
                .getName()
                .endsWith("/decisions/" + same.path("decisionId").textValue()));
    }

    @Test
    void stagesAndDryRunsAreTheSameQuestionsAsOverHttp() {
        var before = gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("staged")
                        .setStage("pre-deploy")
                        .build());
        assertEquals(
                List.of(DecisionReason.NOTHING_AGAINST_DEPLOY),
                before.getDecision().getReasonsList());
        assertTrue(before.getSettled());
        assertFalse(before.hasRelease());

        gate.analysis.say("staged1", Verdict.PASS, 1);
        var question = EvaluateGateRequest.newBuilder()
                .setService("staged")
                .setCanary("staged1")
                .setStage("post-deploy");
        var after = gate.grpc().evaluateGate(question.build());
        assertEquals(Outcome.HOLD, after.getDecision().getOutcome());
        assertEquals(
                List.of(DecisionReason.ANALYSIS_RUNNING), after.getDecision().getReasonsList());
        assertEquals("", after.getDecision().getName());
        assertEquals(Outcome.PROMOTE, after.getRelease().getLatestDecision().getOutcome());
        assertFalse(after.getSettled());
        assertEquals(Outcome.OUTCOME_UNSPECIFIED, after.getDryRunDecision());

        gate.analysis.say("staged2", Verdict.FAIL, 1);
        var dry = gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("staged")
                        .setRollout("dry")
                        .setCanary("staged2")
                        .setDryRun(true)
                        .build());
        assertEquals(Outcome.PROMOTE, dry.getDecision().getOutcome());
        assertEquals(Outcome.ABORT, dry.getDryRunDecision());
        assertEquals(Outcome.ABORT, dry.getRelease().getLatestDecision().getOutcome());
        assertTrue(dry.getRelease().getDryRun() && dry.getSettled());

        assertInvalid("stage", () -> gate.grpc()
                .evaluateGate(question.clone().setStage("canary").build()));
        assertInvalid("step", () -> gate.grpc()
                .evaluateGate(question.clone().setStep("1").build()));
        assertInvalid("dry_run", () -> gate.grpc()
                .evaluateGate(question.clone().setDryRun(true).build()));
    }

    @Test
    void anUnknownServiceIsAHoldWithoutReleaseOrName() {
        var response = gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("nobody")
                        .setCanary("c1")
                        .build());
        assertFalse(response.hasRelease());
        assertEquals("", response.getDecision().getName());
        assertEquals(Outcome.HOLD, response.getDecision().getOutcome());
        assertEquals(
                List.of(DecisionReason.UNKNOWN_SERVICE), response.getDecision().getReasonsList());
    }

    @Test
    void aPersonPromotesWithAReasonAndTheDecisionKeepsWhatWasKnown() {
        var release = open("byhand", "c1");
        gate.analysis.say("c1", Verdict.CONTINUE, 2);
        gate.settle();
        open("byhand", "c1");
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .setReason("  tested by hand ")
                        .build());
        assertEquals(Release.State.PROMOTED, promoted.getState());
        var decision = gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(promoted.getLatestDecision().getName())
                        .build());
        assertEquals(List.of(DecisionReason.PROMOTED_BY_PERSON), decision.getReasonsList());
        assertEquals("local", decision.getActor());
        assertEquals("tested by hand", decision.getComment());
        assertEquals(Verdict.CONTINUE, decision.getVerdict());
        assertEquals(2, decision.getAnalysis().getWindowCount());
        Await.until(
                "the analysis cancelled", LIMIT, () -> gate.analysis.cancelled().contains(release.getAnalysis()));
        assertEquals(Outcome.PROMOTE, open("byhand", "c1").getLatestDecision().getOutcome());
    }

    @Test
    void aPersonAbortsAndTheRollbackStarts() {
        var release = open("abandoned", "c2");
        var aborted = gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .setReason("customers complain")
                        .build());
        assertEquals(Release.State.ABORTED, aborted.getState());
        assertEquals(
                List.of(DecisionReason.ABORTED_BY_PERSON),
                aborted.getLatestDecision().getReasonsList());
        var id = aborted.getLatestDecision()
                .getName()
                .substring(aborted.getLatestDecision().getName().lastIndexOf('/') + 1);
        Await.until("the rollback", LIMIT, () -> gate.release(release.getName())
                .getRollback()
                .equals("rollbacks/" + id));
        assertTrue(gate.rollback.started().get(id).getReason().contains("customers complain"));
    }

    @Test
    void aWatcherSeesEveryChangeUntilTheEnd() {
        var release = open("watched", "w1");
        var stream = gate.grpc()
                .withDeadlineAfter(LIMIT)
                .watchRelease(WatchReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .build());
        assertEquals(Release.State.OPEN, stream.next().getState());
        gate.analysis.say("w1", Verdict.PASS, 1);
        assertEquals(Outcome.PROMOTE, stream.next().getLatestDecision().getOutcome());
        gate.analysis.say("w1", Verdict.FAIL, 2);
        assertEquals(Release.State.ABORTED, stream.next().getState());
        assertFalse(stream.hasNext());
    }

    @Test
    void anAbortWhoseReasonCameFromAFormIsRolledBack() {
        var release = open("byhand", "form1");
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .setReason("customers\r\nreport errors\r")
                        .build());
        var asked = Await.value("the rollback to be prepared", LIMIT, () -> gate.rollback.asked().stream()
                .filter(order -> order.getRelease().equals(release.getName()))
                .findFirst());
        assertEquals(
                "customers\nreport errors",
                gate.release(release.getName()).getLatestDecision().getComment());
        assertTrue(asked.getReason().endsWith("customers\nreport errors"), asked.getReason());
    }
}
