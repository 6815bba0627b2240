package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Judge;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of releases, seen from outside; every test has a rollout of its own by its service. */
final class GateServiceIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        for (var service : Set.of(
                "opens", "polls", "good", "bad", "unwatched", "races", "concludes", "blind", "hesitant", "scored")) {
            GateUnderTest.policy(folder, service, "");
        }
        GateUnderTest.policy(folder, "impatient", "  gate: {undecided: abort}");
        GateUnderTest.policy(folder, "bold", "  gate: {undecided: promote-without-proof, rules: []}");
        GateUnderTest.policy(folder, "elsewhere", "");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static JsonNode poll(String service) {
        return gate.poll(service, service, "stable1");
    }

    @Test
    void theFirstQuestionOpensAReleaseAndEveryFieldIsThere() {
        var answer = poll("opens");

        assertEquals("HOLD", answer.path("decision").textValue());
        assertEquals("CONTINUE", answer.path("verdict").textValue());
        assertEquals("MEASURING", answer.path("measuring").textValue());
        assertEquals("[\"NOT_ENOUGH_EVIDENCE\"]", answer.path("reasons").toString());
        assertFalse(answer.path("explanation").textValue().isEmpty());
        assertEquals(0.994, answer.path("successRate").path("canary").doubleValue(), 1e-12);
        assertEquals(0.9999, answer.path("successRate").path("baseline").doubleValue(), 1e-12);
        assertEquals(5.0, answer.path("burnRate").path("canary").doubleValue());
        assertEquals(0.1, answer.path("burnRate").path("baseline").doubleValue());
        assertEquals(1.0, answer.path("eValues").path("fail").doubleValue());
        assertEquals(1.0, answer.path("eValues").path("pass").doubleValue());
        assertEquals(100.0, answer.path("eValues").path("failThreshold").doubleValue(), 1e-9);
        assertEquals(20.0, answer.path("eValues").path("passThreshold").doubleValue(), 1e-9);
        assertEquals(32, answer.path("traceId").textValue().length());
        assertEquals(
                UUID.fromString(answer.path("decisionId").textValue()).toString(),
                answer.path("decisionId").textValue());

        var release = gate.release(answer.path("release").textValue());
        assertEquals(Release.State.OPEN, release.getState());
        assertEquals("shop", release.getNamespace());
        assertEquals("stable1", release.getStable());
        assertTrue(gate.analysis.names().contains(release.getAnalysis()), release.getAnalysis());
        var start = gate.analysis.starts().stream()
                .filter(request -> request.getService().equals("opens"))
                .findFirst()
                .orElseThrow();
        assertEquals("services/opens/releases/" + start.getRequestId(), release.getName());
        assertEquals("stable1", start.getBaseline());
        assertEquals(
                answer.path("traceId").textValue(), release.getLatestDecision().getTraceId());
        assertTrue(
                gate.analysisServer.traceIds().contains(answer.path("traceId").textValue()));
    }

    @Test
    void aWindowThatSaysNothingNewMakesNoDecisionAndATurnDoes() {
        var first = poll("polls");
        var again = poll("polls");
        assertEquals(first.path("decisionId"), again.path("decisionId"));
        assertEquals(first.path("release"), again.path("release"));
        assertEquals(1, gate.decisionCount(first.path("release").textValue()));

        gate.analysis.say("polls", Verdict.CONTINUE, 1);
        assertEquals(first.path("decisionId"), poll("polls").path("decisionId"));
        assertEquals(1, gate.decisionCount(first.path("release").textValue()));

        gate.analysis.say("polls", Verdict.PASS, 2);
        var next = poll("polls");
        assertNotEquals(first.path("decisionId"), next.path("decisionId"));
        assertEquals(next.path("decisionId"), poll("polls").path("decisionId"));
        assertEquals(2, gate.decisionCount(first.path("release").textValue()));
    }

    @Test
    void aScoreIsToldInItsOwnWordsAndRecordedAsOne() {
        poll("scored");
        gate.analysis.say("scored", analysis -> {
            analysis.getPlanBuilder().setJudge(Judge.MANN_WHITNEY);
            analysis.setVerdict(Verdict.FAIL)
                    .setState(Analysis.State.CONCLUDED)
                    .addObjectives(FakeAnalysis.violated())
                    .setExplanation("Bad at the look of the Mann-Whitney judge: score 0 of 100.");
        });
        var aborted = poll("scored");
        assertEquals("ABORT", aborted.path("decision").textValue());
        assertEquals("[\"SCORE_FAILED\"]", aborted.path("reasons").toString());
        assertEquals(
                "Bad at the look of the Mann-Whitney judge: score 0 of 100.",
                aborted.path("explanation").textValue());
    }

    @Test
    void aPassPromotesAndLeavesTheReleaseOpenSoThatALaterFailAborts() {
        poll("good");
        gate.analysis.say("good", Verdict.PASS, 3);
        var promoted = poll("good");
        assertEquals("PROMOTE", promoted.path("decision").textValue());
        assertEquals("[\"CANARY_WITHIN_LIMITS\"]", promoted.path("reasons").toString());
        var name = promoted.path("release").textValue();
        assertEquals(Release.State.OPEN, gate.release(name).getState());

        gate.analysis.say("good", Verdict.FAIL, 4);
        var aborted = poll("good");
        assertEquals("ABORT", aborted.path("decision").textValue());
        assertEquals(Release.State.ABORTED, gate.release(name).getState());

        gate.analysis.say("good", Verdict.PASS, 9);
        assertEquals(aborted.path("decisionId"), poll("good").path("decisionId"), "an abort is final");
    }

    @Test
    void anAnalysisThatEndsWithAPassEndsTheRelease() {
        poll("concludes");
        gate.analysis.say("concludes", Verdict.PASS, 3);
        var name = poll("concludes").path("release").textValue();
        gate.analysis.say(
                "concludes",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(3).setState(Analysis.State.CONCLUDED));
        var last = poll("concludes");
        assertEquals("PROMOTE", last.path("decision").textValue());
        var release = gate.release(name);
        assertEquals(Release.State.PROMOTED, release.getState());
        assertTrue(release.hasEndTime());
        gate.analysis.say("concludes", Verdict.FAIL, 5);
        assertEquals(last.path("decisionId"), poll("concludes").path("decisionId"));
    }

    @Test
    void anAbortStartsOneRollbackAsAPartOfItsTrace() {
        poll("bad");
        gate.analysis.say("bad", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(2)
                .setExplanation("the canary's errors are beyond 0.1 %")
                .setEvidence(FakeAnalysis.evidence(60, 0))
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        var answer = poll("bad");
        assertEquals("ABORT", answer.path("decision").textValue());
        assertEquals("FAIL", answer.path("verdict").textValue());
        assertEquals("[\"SLO_VIOLATED\"]", answer.path("reasons").toString());
        assertEquals(1e12, answer.path("eValues").path("fail").doubleValue());
        poll("bad");

        var id = answer.path("decisionId").textValue();
        var request = Await.value(
                "the rollback",
                LIMIT,
                () -> Optional.ofNullable(gate.rollback.started().get(id)));
        assertEquals("bad", request.getService());
        assertEquals(answer.path("release").textValue(), request.getRelease());
        assertEquals("bad", request.getFromRevision());
        assertEquals("stable1", request.getToRevision());
        assertEquals(answer.path("explanation").textValue(), request.getReason());
        var name = answer.path("release").textValue();
        Await.until("its name in the release", LIMIT, () -> gate.release(name)
                .getRollback()
                .equals("rollbacks/" + id));
        var release = gate.release(name);
        assertEquals("", release.getRollbackDetail());
        assertEquals(
                1,
                gate.rollback.started().values().stream()
                        .filter(started -> started.getService().equals("bad"))
                        .count());

        var decision = gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(release.getLatestDecision().getName())
                        .build());
        assertEquals(2, decision.getAnalysis().getWindowCount());
        assertEquals(60, decision.getAnalysis().getEvidence().getFail());
        assertTrue(gate.rollbackServer.traceIds().contains(decision.getTraceId()), "the abort's trace goes on");
    }

    @Test
    void aBadCanaryIsAbortedThoughNobodyPolls() {
        var opened = poll("unwatched");
        gate.analysis.say("unwatched", Verdict.FAIL, 1);
        var name = opened.path("release").textValue();
        Await.until("abort without a poll", LIMIT, () -> gate.release(name).getState() == Release.State.ABORTED);
        Await.until(
                "its rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        var decision = gate.release(name).getLatestDecision();
        assertEquals("gate", decision.getActor());
        assertEquals(opened.path("traceId").textValue(), decision.getTraceId(), "reviews continue the opener's trace");
    }

    @Test
    void firstQuestionsAskedTogetherOpenOneRelease() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<JsonNode>>();
            for (var i = 0; i < 24; i++) {
                calls.add(() -> poll("races"));
            }
            var releases = new ArrayList<String>();
            var decisions = new ArrayList<String>();
            for (Future<JsonNode> answer : threads.invokeAll(calls)) {
                releases.add(answer.get().path("release").textValue());
                decisions.add(answer.get().path("decisionId").textValue());
            }
            assertEquals(1, Set.copyOf(releases).size(), releases.toString());
            assertEquals(1, Set.copyOf(decisions).size(), decisions.toString());
            assertEquals(1, gate.decisionCount(releases.getFirst()));
            assertEquals(
                    1,
                    gate.analysis.starts().stream()
                            .filter(start -> start.getService().equals("races"))
                            .map(start -> start.getRequestId())
                            .distinct()
                            .count());
        }
    }

    @Test
    void whatCannotBeMeasuredHoldsEvenAfterAPass() {
        poll("blind");
        gate.analysis.say("blind", analysis -> analysis.setVerdict(Verdict.PASS)
                .setWindowCount(5)
                .setMeasuring(MeasuringState.UNREACHABLE)
                .setMeasuringDetail("127.0.0.1:9090: connection refused"));
        var answer = poll("blind");
        assertEquals("HOLD", answer.path("decision").textValue());
        assertEquals("[\"METRICS_UNREACHABLE\"]", answer.path("reasons").toString());
        assertEquals("UNREACHABLE", answer.path("measuring").textValue());
    }

    @Test
    void theDeadlineIsDecidedByThePolicy() {
        for (var service : Set.of("hesitant", "impatient", "bold")) {
            poll(service);
            gate.analysis.say(service, analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                    .setWindowCount(9)
                    .setState(Analysis.State.CONCLUDED));
        }
        assertEquals("HOLD", poll("hesitant").path("decision").textValue());
        assertEquals("ABORT", poll("impatient").path("decision").textValue());
        var bold = poll("bold");
        assertEquals("PROMOTE", bold.path("decision").textValue());
        assertEquals("[\"PROMOTED_WITHOUT_PROOF\"]", bold.path("reasons").toString());
    }

    @Test
    void aServiceOnlyAnalysisDoesNotKnowLeavesNothingBehind() {
        gate.analysis.forget("elsewhere");
        var answer = poll("elsewhere");
        assertEquals("HOLD", answer.path("decision").textValue());
        assertEquals("[\"UNKNOWN_SERVICE\"]", answer.path("reasons").toString());
        assertEquals("NO_DATA", answer.path("measuring").textValue());
        assertEquals("", answer.path("release").textValue());
        assertEquals("", answer.path("decisionId").textValue());
        var releases = gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService("elsewhere").build());
        assertEquals(0, releases.getReleasesCount());
    }
}
