package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.ErrorReason;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
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

/** Releases that people have to approve, in a running gate that knows its callers. */
final class ApprovalIT {
    private static final Map<String, String> TOKENS = Map.of(
            "ci", TokenText.random(new SecureRandom()),
            "ann", TokenText.random(new SecureRandom()),
            "bob", TokenText.random(new SecureRandom()),
            "olga", TokenText.random(new SecureRandom()));

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() throws IOException {
        GateUnderTest.policy(folder, "one", "  gate: {rules: [{approvals: {}}]}");
        GateUnderTest.policy(folder, "sre", "  gate: {rules: [{approvals: {byGroup: [sre]}}]}");
        GateUnderTest.policy(folder, "two", "  gate: {rules: [{approvals: {count: 2}}]}");
        Files.writeString(
                folder.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + token("ci", "deployer") + token("ann", "approver, deployer")
                        + token("bob", "approver").replace("}\n", ", groups: [sre, cooks]}\n")
                        + token("olga", "operator"));
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

    private static GateServiceBlockingStub as(String name) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + TOKENS.get(name));
        return GateServiceGrpc.newBlockingStub(
                ClientInterceptors.intercept(gate.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    private static HttpRequest.Builder question(String name, String service, String canary, String more) {
        return gate.question("{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                        + "\",\"stable\":\"s1\",\"stage\":\"canary-1\"" + more + "}")
                .header("Authorization", "Bearer " + TOKENS.get(name));
    }

    private static JsonNode ask(String service, String canary, String more) {
        var response = gate.send(question("ci", service, canary, more));
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static void pass(String canary) {
        gate.analysis.say(
                canary,
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
    }

    private static Release approve(String who, String release) {
        return as(who).approveRelease(ApproveReleaseRequest.newBuilder()
                .setName(release)
                .setReason("looks good")
                .build());
    }

    private static Release release(String name) {
        return as("olga")
                .getRelease(GetReleaseRequest.newBuilder().setName(name).build());
    }

    private static void assertRefused(Status.Code code, ErrorReason reason, Runnable call) {
        var error = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(code, error.getStatus().getCode(), error.toString());
        assertTrue(RpcErrors.hasReason(error, reason), error.toString());
    }

    private static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    @Test
    void aReleaseWaitsForItsApprovalsAndIsPromotedByTheLastOneForWhoeverWaits() {
        pass("a1");
        var held = ask("two", "a1", "");
        assertEquals(List.of("APPROVAL_MISSING", "CANARY_WITHIN_LIMITS"), reasons(held), held.toString());
        var name = held.path("release").textValue();
        var once = approve("ann", name);
        assertEquals("ann", once.getApprovals(0).getApprover());
        assertFalse(once.getApprovals(0).getInAdvance());
        var half = ask("two", "a1", "");
        assertTrue(
                half.path("explanation").textValue().contains("wants 2 approvals, and 1 is there: 'ann'"),
                half.toString());
        var waiting = gate.sending(question("ci", "two", "a1", ",\"wait\":\"60s\""));
        approve("bob", name);
        assertEquals(
                "PROMOTE", GateUnderTest.json(waiting.join()).path("decision").textValue());
        assertEquals(Release.State.PROMOTED, release(name).getState());
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.RELEASE_ENDED, () -> approve("bob", name));
    }

    @Test
    void nobodyHasToAskForTheReleaseToBePromotedWhenItIsApproved() {
        pass("n1");
        var name = ask("one", "n1", "").path("release").textValue();
        approve("ann", name);
        Await.until("the promotion", LIMIT, () -> release(name).getState() == Release.State.PROMOTED);
    }

    @Test
    void anApprovalBeforeTheEvidenceIsMarkedAndCounts() {
        gate.analysis.say("e1", Verdict.CONTINUE, 1);
        var name = ask("one", "e1", "").path("release").textValue();
        var approved = approve("ann", name).getApprovals(0);
        assertTrue(approved.getInAdvance());
        assertTrue(approved.getDecision().startsWith(name + "/decisions/"), approved.toString());
        pass("e1");
        Await.until(
                "the promotion",
                LIMIT,
                () -> ask("one", "e1", "").path("decision").textValue().equals("PROMOTE"));
    }

    @Test
    void theAuthorAndWhoAskedFirstDoNotApprove() {
        pass("o1");
        var name = ask("one", "o1", ",\"author\":\"Ann\"").path("release").textValue();
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.APPROVER_IS_AUTHOR, () -> approve("ann", name));
        assertEquals("ci", release(name).getOpener());
        pass("o2");
        var own = GateUnderTest.json(gate.send(question("ann", "one", "o2", "")))
                .path("release")
                .textValue();
        approve("ann", own);
        assertEquals("APPROVAL_MISSING", reasons(ask("one", "o2", "")).getFirst());
        approve("bob", own);
        assertEquals("PROMOTE", ask("one", "o2", "").path("decision").textValue());
    }

    @Test
    void onlyWhoIsInTheGroupWhenHeApprovesCountsAndTheRecordHasTheGroup() {
        pass("g1");
        var name = ask("sre", "g1", "").path("release").textValue();
        approve("ann", name);
        var held = ask("sre", "g1", "");
        assertEquals("APPROVAL_MISSING", reasons(held).getFirst());
        assertTrue(
                held.path("explanation")
                        .textValue()
                        .contains("wants 1 approval of the group sre, and none is there; not in that group when"
                                + " approving: 'ann'"),
                held.toString());
        assertEquals(
                List.of("sre"),
                approve("bob", name).getApprovalsList().stream()
                        .flatMap(approval -> approval.getGroupsList().stream())
                        .toList());
        Await.until("the promotion", LIMIT, () -> release(name).getState() == Release.State.PROMOTED);
        assertEquals(
                List.of("[\"sre\"]"),
                gate.rows(
                        "select body::jsonb -> 'approval' ->> 'groups' from audit.entries where action = 'APPROVE_RELEASE'"
                                + " and actor = 'bob' and object = '" + name + "'"));
    }

    @Test
    void whoIsNoApproverOrNamesADecisionOfAnotherReleaseIsRefused() {
        gate.analysis.say("w1", Verdict.CONTINUE, 1);
        var name = ask("one", "w1", "").path("release").textValue();
        var error = assertThrows(StatusRuntimeException.class, () -> approve("olga", name));
        assertEquals(Status.Code.PERMISSION_DENIED, error.getStatus().getCode());
        assertRefused(Status.Code.INVALID_ARGUMENT, ErrorReason.INVALID_FIELD, () -> as("ann")
                .approveRelease(ApproveReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("looks good")
                        .setDecision(
                                "services/one/releases/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11/decisions/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11")
                        .build()));
    }
}
