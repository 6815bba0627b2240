package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GateService as its callers see it; every test has a service of its own. */
final class GateRpcIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        for (var service :
                Set.of("asked", "byhand", "abandoned", "ended", "paged", "watched", "errors", "history", "staged")) {
            GateUnderTest.policy(folder, service, "");
        }
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static Release open(String service, String canary) {
        return open(service, canary, canary);
    }

    private static Release open(String service, String rollout, String canary) {
        return gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService(service)
                        .setRollout(rollout)
                        .setCanary(canary)
                        .setStable("stable1")
                        .build())
                .getRelease();
    }

    private static void assertFails(Status.Code code, String reason, Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(code, error.getStatus().getCode(), error.getMessage());
        assertEquals(reason, RpcErrors.reason(error).orElse("none"), error.getMessage());
    }

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
    void whatHasEndedCannotBeDecidedAgain() {
        var name = open("ended", "c3").getName();
        var abort =
                AbortReleaseRequest.newBuilder().setName(name).setReason("bad").build();
        gate.grpc().abortRelease(abort);
        assertFails(Status.Code.FAILED_PRECONDITION, "RELEASE_ENDED", () -> gate.grpc()
                .abortRelease(abort));
        var promote = PromoteReleaseRequest.newBuilder()
                .setName(name)
                .setReason("good")
                .build();
        assertFails(Status.Code.FAILED_PRECONDITION, "RELEASE_ENDED", () -> gate.grpc()
                .promoteRelease(promote));
    }

    @Test
    void releasesAreListedNewestFirstPageByPage() {
        var names = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            names.addFirst(open("paged", "p" + i).getName());
        }
        var listed = new ArrayList<String>();
        var token = "";
        do {
            var page = gate.grpc()
                    .listReleases(ListReleasesRequest.newBuilder()
                            .setService("paged")
                            .setState(Release.State.OPEN)
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getReleasesList().forEach(release -> listed.add(release.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertEquals(names, listed);
        var aborted = ListReleasesRequest.newBuilder()
                .setService("paged")
                .setState(Release.State.ABORTED)
                .build();
        assertEquals(0, gate.grpc().listReleases(aborted).getReleasesCount());
    }

    @Test
    void releasesAreFoundByTheBeginningOfTheirId() {
        var release = open("paged", "id1");
        var id = release.getName().substring(release.getName().lastIndexOf('/') + 1);
        for (var length : new int[] {8, 9, 13, 14, 35, 36}) {
            assertEquals(
                    List.of(release.getName()),
                    found(id.substring(0, length)).stream()
                            .map(Release::getName)
                            .toList(),
                    id.substring(0, length));
        }
        assertEquals(List.of(), found("00000000-0000-0000-0000"));
        for (var wrong : List.of(
                id.substring(0, 7),
                id + "0",
                id.replace("-", ""),
                "G" + id.substring(1),
                id.toUpperCase(Locale.ROOT))) {
            assertInvalid("id_prefix", () -> found(wrong));
        }
    }

    private static List<Release> found(String idPrefix) {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setIdPrefix(idPrefix).build())
                .getReleasesList();
    }

    @Test
    void decisionsAreListedNewestFirstWithoutTheirAnalyses() {
        var name = open("history", "h1").getName();
        for (var window = 1; window <= 3; window++) {
            gate.analysis.say("h1", Verdict.CONTINUE, window);
            open("history", "h1");
        }
        var first = gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder()
                        .setParent(name)
                        .setPageSize(3)
                        .build());
        var second = gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder()
                        .setParent(name)
                        .setPageSize(3)
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertEquals(3, first.getDecisionsCount());
        assertEquals(1, second.getDecisionsCount());
        assertEquals("", second.getNextPageToken());
        assertFalse(first.getDecisionsList().stream().anyMatch(Decision::hasAnalysis));
        var oldest = gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(second.getDecisions(0).getName())
                        .build());
        assertEquals(0, oldest.getAnalysis().getWindowCount());
        assertTrue(oldest.hasAnalysis());
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

    @Test
    void namesOfNothingAreNotFound() {
        var name = open("errors", "e0").getName();
        var stranger = name.replace("services/errors/", "services/other/");
        for (var missing : List.of("services/errors/releases/" + UUID.randomUUID(), stranger)) {
            var get = GetReleaseRequest.newBuilder().setName(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .getRelease(get));
            var watch = WatchReleaseRequest.newBuilder().setName(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .watchRelease(watch)
                    .next());
            var list = ListDecisionsRequest.newBuilder().setParent(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .listDecisions(list));
            var decision = GetDecisionRequest.newBuilder()
                    .setName(missing + "/decisions/" + UUID.randomUUID())
                    .build();
            assertFails(Status.Code.NOT_FOUND, "DECISION_NOT_FOUND", () -> gate.grpc()
                    .getDecision(decision));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "services/errors/releases/", "releases/0f0e2c4e-6a51-4d0e-9c43-0f2b8a7e5d11"})
    void aTextThatIsNoNameIsAFaultOfItsField(String text) {
        var fault = "is '" + text + "'; legal: services/{service}/releases/{uuid}";
        assertEquals("name: " + fault, invalid(() -> gate.release(text)));
        assertEquals("parent: " + fault, invalid(() -> gate.decisionCount(text)));
        assertEquals("name: " + fault, invalid(() -> abort(text, "bad")));
        var promote = PromoteReleaseRequest.newBuilder()
                .setName(text)
                .setReason("good")
                .build();
        assertEquals("name: " + fault, invalid(() -> gate.grpc().promoteRelease(promote)));
        var watch = WatchReleaseRequest.newBuilder().setName(text).build();
        assertEquals(
                "name: " + fault, invalid(() -> gate.grpc().watchRelease(watch).next()));
        var decision = GetDecisionRequest.newBuilder().setName(text).build();
        assertEquals("name: " + fault + "/decisions/{uuid}", invalid(() -> gate.grpc()
                .getDecision(decision)));
    }

    @Test
    void illegalFieldsAreNamed() {
        var name = open("errors", "e1").getName();
        assertInvalid("service", () -> open("", "c"));
        assertInvalid("canary", () -> open("errors", "errors", " "));
        assertInvalid("rollout", () -> open("errors", " ", "c"));
        assertInvalid("reason", () -> abort(name, " \n "));
        assertInvalid("reason", () -> abort(name, "x".repeat(1001)));
        assertInvalid("reason", () -> abort(name, "a\0b"));
        assertInvalid("page_size", () -> list(-1, ""));
        assertInvalid("page_size", () -> list(201, ""));
        assertInvalid("page_token", () -> list(1, "nonsense"));
        assertEquals(Release.State.OPEN, gate.release(name).getState());
    }

    private static void assertInvalid(String field, Executable call) {
        var description = invalid(call);
        assertTrue(description.startsWith(field + ": "), description);
    }

    /** What an invalid field is said to be. */
    private static String invalid(Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse("none"));
        return String.valueOf(error.getStatus().getDescription());
    }

    private static void abort(String name, String reason) {
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason(reason)
                        .build());
    }

    private static void list(int size, String token) {
        gate.grpc()
                .listReleases(ListReleasesRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }
}
