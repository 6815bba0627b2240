package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DataFolders;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gate answers while others are away, and that nothing is lost by it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GateOutageIT {
    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private static void assertHold(String reason, JsonNode answer) {
        assertEquals("HOLD", answer.path("decision").textValue(), answer.toString());
        assertEquals("[\"" + reason + "\"]", answer.path("reasons").toString());
    }

    private static boolean says(String reason, JsonNode answer) {
        return answer.path("reasons").toString().equals("[\"" + reason + "\"]");
    }

    @Test
    void analysisAwayMeansHoldAndAnOpenBreakerAndAnswersComeBackWithNothingLost() {
        var before = gate.poll("c1");
        gate.analysisServer.stop();

        var away = gate.poll("c1");
        assertHold("ANALYSIS_UNAVAILABLE", away);
        assertEquals("UNREACHABLE", away.path("measuring").textValue());
        assertEquals("CONTINUE", away.path("verdict").textValue());
        assertEquals(before.path("release"), away.path("release"));
        assertFalse(away.path("decisionId").textValue().isEmpty());
        Await.until("the open breaker as a metric", LIMIT, () -> {
            gate.poll("c1");
            return gate.prometheus()
                    .lines()
                    .anyMatch(line -> line.startsWith("resilience4j_circuitbreaker_state{")
                            && line.contains("name=\"analysis\"")
                            && line.contains("state=\"open\"")
                            && line.endsWith(" 1.0"));
        });
        assertHold("ANALYSIS_UNAVAILABLE", gate.poll("c1"));

        gate.analysisServer.comeBack();
        gate.analysis.say("c1", Verdict.PASS, 4);
        Await.until(
                "PROMOTE again",
                LIMIT,
                () -> gate.poll("c1").path("decision").textValue().equals("PROMOTE"));
        assertEquals(before.path("release"), gate.poll("c1").path("release"));
        assertEquals(1, gate.analysis.names().size(), "the analysis went on");
    }

    @Test
    void analysisThatDoesNotAnswerMeansHold() {
        gate.poll("c1");
        gate.analysisServer.hang();
        assertHold("ANALYSIS_UNAVAILABLE", gate.poll("c1"));
        gate.analysisServer.release();
        Await.until("an answer again", LIMIT, () -> says("NOT_ENOUGH_EVIDENCE", gate.poll("c1")));
    }

    @Test
    void aCallerWhoLeavesDoesNotMakeAnalysisUnavailable() {
        var name = gate.poll("c1").path("release").textValue();
        gate.analysis.say("c1", Verdict.PASS, 1);
        gate.analysisServer.hang();
        var request = EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setNamespace("shop")
                .setRollout("checkout")
                .setCanary("c1")
                .setRevision("7")
                .build();
        var before = Set.copyOf(gate.analysisServer.traceIds());
        var caller = Context.current().withCancellation();
        Runnable question = () -> Assertions.assertThrows(
                StatusRuntimeException.class, () -> gate.grpc().evaluateGate(request));
        var call = Thread.ofVirtual().start(caller.wrap(question));
        Await.until(
                "the question at analysis-service", LIMIT, () -> !before.containsAll(gate.analysisServer.traceIds()));
        caller.cancel(null);
        Await.until("the caller gone", LIMIT, () -> !call.isAlive());
        gate.analysisServer.release();
        Await.until("the PASS decided", LIMIT, () -> gate.decisionCount(name) >= 2);
        var decisions = gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder().setParent(name).build());
        assertTrue(
                decisions.getDecisionsList().stream()
                        .noneMatch(decision -> decision.getExplanation().contains("CANCELLED")),
                decisions.toString());
    }

    @Test
    void aReleaseOpenedWithoutAnalysisGetsItsOneAnalysisLater() {
        gate.analysisServer.stop();
        var opened = gate.poll("c1");
        assertHold("ANALYSIS_UNAVAILABLE", opened);
        var name = opened.path("release").textValue();
        assertEquals("", gate.release(name).getAnalysis());

        gate.analysisServer.comeBack();
        Await.until("the analysis, started by the review", LIMIT, () -> !gate.release(name)
                .getAnalysis()
                .isEmpty());
        assertEquals(1, gate.analysis.names().size());
        assertTrue(name.endsWith(gate.analysis.starts().getFirst().getRequestId()));
    }

    @Test
    void aRollbackIsStartedOnceThoughRollbackServiceIsAwayAtFirstAndTheGateRestarts() {
        gate.rollbackServer.stop();
        gate.poll("c1");
        gate.analysis.say("c1", Verdict.FAIL, 1);
        var answer = gate.poll("c1");
        assertEquals("ABORT", answer.path("decision").textValue());
        var name = answer.path("release").textValue();
        Await.until("the reason in the release", LIMIT, () -> gate.release(name)
                .getRollbackDetail()
                .startsWith("rollback-service could not be asked"));
        gate.restart();
        assertEquals("", gate.release(name).getRollback());

        gate.rollbackServer.comeBack();
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertEquals("", gate.release(name).getRollbackDetail());
        var id = answer.path("decisionId").textValue();
        assertEquals(Set.of(id), gate.rollback.started().keySet());
        assertTrue(
                gate.rollbackServer
                        .traceIds()
                        .contains(gate.release(name).getLatestDecision().getTraceId()),
                "the abort's trace goes on after the restart");
    }

    @Test
    void anotherRollbackOfTheServiceIsWaitedFor() {
        gate.rollback.refuse(ErrorReason.ROLLBACK_IN_PROGRESS);
        var name = abort("c1", "stable1");
        assertTrue(
                gate.release(name).getRollbackDetail().contains("another rollback"),
                gate.release(name).getRollbackDetail());
        gate.rollback.refuse(null);
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertEquals(1, gate.rollback.started().size());
    }

    @Test
    void aPreparationThatIsOutOfDateIsMadeAnew() {
        gate.rollback.knowNoOrders();
        gate.rollback.refuseStart(ErrorReason.TOKEN_EXPIRED);
        var name = abort("c1", "stable1");
        assertTrue(
                gate.release(name).getRollbackDetail().startsWith("prepared anew"),
                gate.release(name).getRollbackDetail());
        gate.rollback.refuseStart(null);
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertTrue(gate.rollback.asked().size() >= 2);
        assertEquals(1, gate.rollback.rollbacks());
    }

    @Test
    void anAnswerOfRollbackServiceThatIsLostStartsNothingTwice() {
        gate.rollback.refuseStart(ErrorReason.ROLLBACK_IN_PROGRESS);
        var name = abort("c1", "stable1");
        gate.restart();
        gate.rollback.refuseStart(null);
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertTrue(gate.rollback.asked().size() >= 2);
        assertEquals(1, gate.rollback.rollbacks());
        assertEquals("rollbacks/" + decisionOf(name), gate.release(name).getRollback());
    }

    private String decisionOf(String release) {
        var decision = gate.release(release).getLatestDecision().getName();
        return decision.substring(decision.lastIndexOf('/') + 1);
    }

    @Test
    void aStartThatRollbackServiceRefusesForNowIsRepeatedWithItsToken() {
        gate.rollback.knowNoOrders();
        gate.rollback.refuseStart(ErrorReason.ROLLBACK_IN_PROGRESS);
        var name = abort("c1", "stable1");
        gate.restart();
        gate.rollback.refuseStart(null);
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertEquals(1, gate.rollback.asked().size(), "the token of before the restart is used");
        assertEquals(1, gate.rollback.rollbacks());
    }

    @Test
    void aServiceWithoutRollbackTargetIsToldAndNotAskedAgain() {
        gate.rollback.refuse(ErrorReason.NO_ROLLBACK_TARGET);
        var name = abort("c1", "stable1");
        assertTrue(
                gate.release(name).getRollbackDetail().startsWith("no rollback: "),
                gate.release(name).getRollbackDetail());

        // A second order that is retried shows that the review has passed by the first.
        gate.rollback.refuse(ErrorReason.ROLLBACK_IN_PROGRESS);
        var other = abort("c2", "stable1");
        gate.rollback.refuse(null);
        Await.until("the other rollback", LIMIT, () -> !gate.release(other)
                .getRollback()
                .isEmpty());
        assertEquals("", gate.release(name).getRollback());
        assertEquals(
                1,
                gate.rollback.asked().stream()
                        .filter(asked -> asked.getRelease().equals(name))
                        .count());
    }

    @Test
    void withoutAStableRevisionNoRollbackIsAskedForAndTheReleaseSaysWhy() {
        var name = abort("c1", "");
        var release = gate.release(name);
        assertEquals(Release.State.ABORTED, release.getState());
        assertTrue(release.getRollbackDetail().contains("no stable revision"), release.getRollbackDetail());
        assertEquals(0, gate.rollback.asked().size());
    }

    private String abort(String canary, String stable) {
        var name = gate.poll("checkout", canary, stable).path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the test wants it")
                        .build());
        gate.awaitOrder(name);
        return name;
    }

    @Test
    void aRestartKeepsEverything() {
        var before = gate.poll("c1");
        gate.restart();
        var after = gate.poll("c1");
        assertEquals(before.path("release"), after.path("release"));
        assertEquals(before.path("decisionId"), after.path("decisionId"));
        assertEquals(1, gate.decisionCount(after.path("release").textValue()));
    }

    @Test
    void anEmptyFolderHoldsAndAFilePutIntoItIsPickedUp(@TempDir Path empty) {
        try (var fresh = new GateUnderTest(empty)) {
            var unknown = fresh.poll("c1");
            assertHold("UNKNOWN_SERVICE", unknown);
            assertEquals("NO_DATA", unknown.path("measuring").textValue());
            assertEquals("", unknown.path("release").textValue());
            assertEquals("", unknown.path("decisionId").textValue());
            assertEquals(0, fresh.analysis.starts().size());

            GateUnderTest.policy(empty, "checkout", "");
            Await.until("the new policy", LIMIT, () -> says("NOT_ENOUGH_EVIDENCE", fresh.poll("c1")));
        }
    }

    @Test
    void withoutItsDatabaseTheGateHoldsAndTellsCallersToTryAgain(@TempDir Path data) throws Exception {
        var folderOfDatabase = Files.createDirectory(data.resolve("postgres"));
        DataFolders.fill(folderOfDatabase);
        try (var database = EmbeddedDatabase.start(folderOfDatabase);
                var fragile = new GateUnderTest(gate.folder, database.settings())) {
            var name = fragile.poll("c1").path("release").textValue();
            fragile.analysis.say("c1", Verdict.FAIL, 1);
            database.close();

            var answer = fragile.poll("c2");
            assertHold("STORE_UNAVAILABLE", answer);
            assertEquals("", answer.path("release").textValue());
            assertEquals("", answer.path("decisionId").textValue());
            assertEquals("UNREACHABLE", answer.path("measuring").textValue());
            var get = GetReleaseRequest.newBuilder().setName(name).build();
            var error = Assertions.assertThrows(
                    StatusRuntimeException.class, () -> fragile.grpc().getRelease(get));
            assertEquals(Status.Code.UNAVAILABLE, error.getStatus().getCode());
        }
    }
}
