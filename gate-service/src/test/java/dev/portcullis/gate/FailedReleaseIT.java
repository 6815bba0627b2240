package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ErrorReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import dev.portcullis.proto.gate.v1.WithdrawApprovalRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that have failed: held for a person or aborted, and promoted against the FAIL by two people, in a running gate that knows its callers. */
final class FailedReleaseIT {
    private static final Map<String, String> TOKENS = Map.of(
            "ci", TokenText.random(new SecureRandom()),
            "ann", TokenText.random(new SecureRandom()),
            "bob", TokenText.random(new SecureRandom()),
            "cid", TokenText.random(new SecureRandom()),
            "olga", TokenText.random(new SecureRandom()),
            "root", TokenText.random(new SecureRandom()));
    private static final double CRITICAL = 4;
    private static final double MINOR = 1;

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() throws IOException {
        for (var service : List.of("checkout", "changing")) {
            GateUnderTest.policy(folder, service, "  gate: {onFail: {minor: hold}, rules: [{approvals: {}}]}");
        }
        Files.writeString(
                folder.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + token("ci", "deployer") + token("ann", "approver, deployer") + token("bob", "approver")
                        + token("cid", "approver") + token("olga", "operator") + token("root", "admin, approver"));
        gate = new GateUnderTest(folder);
    }

    private static String token(String name, String roles) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(TOKENS.get(name)) + ", roles: [" + roles
                + "], services: ['*'], expires: 2099-12-31}\n";
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private GateServiceBlockingStub as(String name) {
        gate.settle();
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + TOKENS.get(name));
        return GateServiceGrpc.newBlockingStub(
                ClientInterceptors.intercept(gate.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    private Release ask(String canary) {
        return ask("checkout", canary);
    }

    private Release ask(String service, String canary) {
        return as("ann")
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService(service)
                        .setRollout(canary)
                        .setCanary(canary)
                        .setStable("s1")
                        .setAuthor("bob")
                        .build())
                .getRelease();
    }

    private Release release(String name) {
        return as("olga")
                .getRelease(GetReleaseRequest.newBuilder().setName(name).build());
    }

    private void fail(String canary, double weight) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(4)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated().toBuilder()
                        .setLimits(ObjectiveLimits.newBuilder().setWeight(weight))));
    }

    /** A release that has failed by objectives of that weight. */
    private Release failed(String canary, double weight) {
        return failed("checkout", canary, weight);
    }

    private Release failed(String service, String canary, double weight) {
        var name = ask(service, canary).getName();
        fail(canary, weight);
        Await.until("the FAIL", LIMIT, () -> release(name).getLatestDecision().getVerdict() == Verdict.FAIL);
        return release(name);
    }

    private Release approve(String who, String release) {
        return as(who).approveRelease(ApproveReleaseRequest.newBuilder()
                .setName(release)
                .setReason("the SLO counts the load test")
                .build());
    }

    private Release promote(String who, String release, boolean againstFail) {
        return as(who).promoteRelease(PromoteReleaseRequest.newBuilder()
                .setName(release)
                .setReason("see T-17")
                .setAgainstFail(againstFail)
                .build());
    }

    private Release withdraw(String who, String release) {
        return as(who).withdrawApproval(WithdrawApprovalRequest.newBuilder()
                .setName(release)
                .setReason("they are new after all")
                .build());
    }

    private void awaitRollback(String name) {
        Await.until("the rollback", LIMIT, () -> !release(name).getRollback().isEmpty());
    }

    private static void assertRefused(Status.Code code, ErrorReason reason, Runnable call) {
        var error = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(code, error.getStatus().getCode(), error.toString());
        assertTrue(RpcErrors.hasReason(error, reason), error.toString());
    }

    private void assertAlone(String name) {
        assertRefused(
                Status.Code.FAILED_PRECONDITION, ErrorReason.SECOND_PERSON_MISSING, () -> promote("root", name, true));
    }

    @Test
    void aFailOfMinorObjectivesWaitsForAPersonAndOneOfOthersDoesNot() {
        var held = failed("m1", MINOR);
        assertEquals(Release.State.OPEN, held.getState());
        assertEquals(
                List.of(DecisionReason.FAIL_NEEDS_PERSON, DecisionReason.SLO_VIOLATED),
                held.getLatestDecision().getReasonsList());
        var decision = as("olga")
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(held.getLatestDecision().getName())
                        .build());
        assertEquals(Map.of("minor", "hold"), decision.getPolicy().getOnFailMap());
        assertEquals("", held.getRollback() + held.getRollbackDetail());

        var aborted = failed("c1", CRITICAL);
        assertEquals(Release.State.ABORTED, aborted.getState());

        gate.restart();
        assertEquals(Outcome.HOLD, ask("m1").getLatestDecision().getOutcome());
        var byHand = as("olga")
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(held.getName())
                        .setReason("it is bad")
                        .build());
        assertEquals(Release.State.ABORTED, byHand.getState());
    }

    @Test
    void aPolicyThatNoLongerHoldsAbortsWhatWaits() {
        var held = failed("changing", "p1", MINOR);
        assertEquals(Release.State.OPEN, held.getState());
        GateUnderTest.policy(folder, "changing", "");
        Await.until("the abort", LIMIT, () -> ask("changing", "p1").getState() == Release.State.ABORTED);
        assertEquals(held.getName(), ask("changing", "p1").getName());
    }

    @Test
    void onePersonAloneDoesNotPromoteWhatHasFailed() {
        var name = ask("a1").getName();
        approve("root", name);
        gate.analysis.say("a1", Verdict.CONTINUE, 2);
        fail("a1", MINOR);
        Await.until(
                "the FAIL",
                LIMIT,
                () -> release(name).getLatestDecision().getReasonsList().contains(DecisionReason.FAIL_NEEDS_PERSON));

        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_FAILED, () -> promote("root", name, false));
        var operator = assertThrows(StatusRuntimeException.class, () -> promote("olga", name, true));
        assertEquals(Status.Code.PERMISSION_DENIED, operator.getStatus().getCode());
        assertAlone(name);
        approve("root", name);
        assertAlone(name);
        approve("ann", name);
        assertAlone(name);
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.APPROVER_IS_AUTHOR, () -> approve("bob", name));
        assertEquals(Release.State.OPEN, release(name).getState());
    }

    @Test
    void twoPeoplePromoteItAndItIsMarkedForEver() {
        var name = failed("t1", MINOR).getName();
        approve("cid", name);
        var promoted = promote("root", name, true);
        assertEquals(Release.State.PROMOTED, promoted.getState());
        assertEquals(
                List.of(
                        DecisionReason.PROMOTED_AGAINST_FAIL,
                        DecisionReason.PROMOTED_BY_PERSON,
                        DecisionReason.FAIL_NEEDS_PERSON,
                        DecisionReason.SLO_VIOLATED),
                promoted.getLatestDecision().getReasonsList());
        assertEquals(Verdict.FAIL, promoted.getLatestDecision().getVerdict());
        assertTrue(
                promoted.getLatestDecision()
                        .getExplanation()
                        .contains("a person (root) decided against the FAIL, which 'cid' has approved"),
                promoted.getLatestDecision().getExplanation());
        assertEquals(Outcome.PROMOTE, ask("t1").getLatestDecision().getOutcome());
        var changes = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z"))
                        .header("Authorization", "Bearer " + TOKENS.get("root")));
        assertTrue(changes.body().contains("PROMOTED_AGAINST_FAIL"), changes.body());
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_ENDED, () -> promote("root", name, true));
    }

    @Test
    void anAbortedReleaseIsPromotedOnceItsRollbackHasEnded() {
        gate.rollback.stands(Rollback.State.RUNNING, "at work");
        var name = failed("r1", CRITICAL).getName();
        awaitRollback(name);
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_ENDED, () -> promote("root", name, false));
        approve("cid", name);
        assertRefused(
                Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_NOT_PROMOTABLE, () -> promote("root", name, true));
        gate.rollback.stands(Rollback.State.SUCCEEDED, "done");
        Await.until("the promotion", LIMIT, () -> {
            try {
                return promote("root", name, true).getState() == Release.State.PROMOTED;
            } catch (StatusRuntimeException e) {
                assertTrue(RpcErrors.hasReason(e, ErrorReason.RELEASE_NOT_PROMOTABLE), e.toString());
                return false;
            }
        });
        assertEquals(Outcome.PROMOTE, ask("r1").getLatestDecision().getOutcome());
        assertEquals(name, ask("r1").getName());
        assertFalse(release(name).getRollback().isEmpty(), "the rollback stays on record");
    }

    @Test
    void whatOthersHaveTakenThePlaceOfIsNotPromotedAnyMore() {
        gate.rollback.stands(Rollback.State.SUCCEEDED, "done");
        var name = failed("o1", CRITICAL).getName();
        awaitRollback(name);
        approve("cid", name);
        var next = as("olga")
                .retryRelease(RetryReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the load test spoilt it")
                        .build());
        var error = assertThrows(StatusRuntimeException.class, () -> promote("root", name, true));
        assertTrue(RpcErrors.hasReason(error, ErrorReason.RELEASE_NOT_PROMOTABLE), error.toString());
        assertTrue(
                String.valueOf(error.getMessage()).contains("run 2 of its canary is there already, " + next.getName()));
    }

    @Test
    void whoTakesHisApprovalBackIsNoSecondPersonAndHoldsThePromotion() {
        var name = failed("w1", MINOR).getName();
        approve("cid", name);
        assertRefused(Status.Code.NOT_FOUND, ErrorReason.APPROVAL_NOT_FOUND, () -> withdraw("ann", name));
        var withdrawn = withdraw("cid", name).getApprovals(0);
        assertTrue(withdrawn.hasWithdrawTime());
        assertEquals("they are new after all", withdrawn.getWithdrawReason());
        assertRefused(Status.Code.NOT_FOUND, ErrorReason.APPROVAL_NOT_FOUND, () -> withdraw("cid", name));
        assertAlone(name);
        approve("cid", name);
        assertEquals(1, release(name).getApprovalsCount());
        assertEquals(Release.State.PROMOTED, promote("root", name, true).getState());
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_ENDED, () -> withdraw("cid", name));
        var actions = AuditServiceGrpc.newBlockingStub(as("root").getChannel())
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setService("checkout")
                        .setObject(name)
                        .build())
                .getEntriesList()
                .stream()
                .map(entry -> entry.getBody())
                .toList();
        for (var action : List.of("WITHDRAW_APPROVAL", "PROMOTE_AGAINST_FAIL")) {
            assertTrue(
                    actions.stream().anyMatch(body -> body.contains("\"action\":\"" + action + "\"")),
                    actions.toString());
        }
    }

    @Test
    void anApprovalThatIsTakenBackHoldsWhatItLetPass() {
        gate.analysis.say("h1", Verdict.PASS, 3);
        var name = ask("h1").getName();
        approve("cid", name);
        Await.until("PROMOTE", LIMIT, () -> release(name).getLatestDecision().getOutcome() == Outcome.PROMOTE);
        withdraw("cid", name);
        Await.until(
                "HOLD",
                LIMIT,
                () -> release(name).getLatestDecision().getReasonsList().contains(DecisionReason.APPROVAL_MISSING));
    }
}
