package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are watched after their promotion, in a running gate. */
final class PromotionWatchIT {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        GateUnderTest.policy(folder, "checkout", "  gate: {bakeAfter: 30m}");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    /** What is said of the canary beside the stable version, and, once it has all of the traffic, of it alone. */
    private static void say(String canary, Consumer<Analysis.Builder> before, Consumer<Analysis.Builder> after) {
        gate.analysis.say(canary, analysis -> (analysis.getBaseline().isEmpty() ? after : before).accept(analysis));
    }

    private static void passed(Analysis.Builder analysis) {
        analysis.setVerdict(Verdict.PASS).setState(Analysis.State.CONCLUDED).setWindowCount(9);
    }

    private static void undecided(Analysis.Builder analysis) {
        analysis.setVerdict(Verdict.CONTINUE).setWindowCount(2).setExplanation("nothing yet");
    }

    private static void failed(Analysis.Builder analysis) {
        analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(4)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated());
    }

    private static Release ask(String canary) {
        return ask(canary, canary, false);
    }

    private static Release ask(String rollout, String canary, boolean dryRun) {
        return gate.grpc()
                .evaluateGate(dev.portcullis.proto.gate.v1.EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setRollout(rollout)
                        .setCanary(canary)
                        .setStable("s1")
                        .setDryRun(dryRun)
                        .build())
                .getRelease();
    }

    /** A release that was promoted and is watched, with the analysis of its watch. */
    private static Release watched(String canary) {
        say(canary, PromotionWatchIT::passed, PromotionWatchIT::undecided);
        var name = ask(canary).getName();
        Await.until("the analysis of the watch", LIMIT, () -> {
            var release = gate.release(name);
            return release.hasWatchEndTime() && !release.getAnalysis().isEmpty();
        });
        return gate.release(name);
    }

    private static void endWatches() {
        gate.execute("update gate.releases set watched_until = now() where state = 'OPEN'");
    }

    @Test
    void whatIsPromotedIsWatchedOnByAnAnalysisOfItsOwnWithoutTheStableVersion() {
        var release = watched("w1");
        assertEquals(Release.State.OPEN, release.getState());
        assertEquals(Outcome.PROMOTE, release.getLatestDecision().getOutcome());
        assertEquals(
                List.of(DecisionReason.CANARY_WITHIN_LIMITS),
                release.getLatestDecision().getReasonsList());
        var until = Instant.ofEpochSecond(release.getWatchEndTime().getSeconds());
        assertTrue(until.isAfter(Instant.now().plus(HALF_AN_HOUR).minusSeconds(60)), until.toString());
        var starts = gate.analysis.starts().stream()
                .filter(start -> start.getCanary().equals("w1"))
                .toList();
        assertEquals(
                List.of("s1", ""),
                starts.stream().map(start -> start.getBaseline()).toList());
        assertNotEquals(starts.getFirst().getRequestId(), starts.getLast().getRequestId());
        var decision = gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(release.getLatestDecision().getName())
                        .setIncludeRecord(true)
                        .build());
        assertEquals(
                "record of " + decision.getAnalysis().getName(),
                decision.getAnalysisRecord().toStringUtf8(),
                "that of the analysis by which it was promoted");
        assertNotEquals(release.getAnalysis(), decision.getAnalysis().getName());
    }

    @Test
    void aFailRollsBackAlsoAfterARestart() {
        var name = watched("f1").getName();
        gate.restart();
        say("f1", PromotionWatchIT::passed, PromotionWatchIT::failed);
        Await.until("the abort", LIMIT, () -> gate.release(name).getState() == Release.State.ABORTED);
        var aborted = gate.release(name);
        assertEquals(
                List.of(DecisionReason.FAILED_AFTER_PROMOTION, DecisionReason.SLO_VIOLATED),
                aborted.getLatestDecision().getReasonsList());
        assertTrue(
                aborted.getLatestDecision().getExplanation().startsWith("the version failed after it was promoted: "),
                aborted.getLatestDecision().getExplanation());
        gate.awaitOrder(name);
        assertFalse(gate.release(name).getRollback().isEmpty());
        assertEquals("ABORT", ask("f1").getLatestDecision().getOutcome().name());
    }

    @Test
    void whenTheTimeIsOverItHasEndedWell() {
        var name = watched("o1").getName();
        endWatches();
        Await.until("the end", LIMIT, () -> gate.release(name).getState() == Release.State.PROMOTED);
        var ended = gate.release(name);
        assertEquals(
                List.of(DecisionReason.PROMOTION_WATCHED),
                ended.getLatestDecision().getReasonsList());
        assertTrue(ended.getLatestDecision().getExplanation().endsWith("did not fail: nothing yet"));
        Await.until(
                "that its analysis ends", LIMIT, () -> gate.analysis.cancelled().contains(ended.getAnalysis()));
    }

    @Test
    void anAnalysisThatEndsBeforeTheTimeIsOverIsFollowedByAnother() {
        var release = watched("n1");
        var first = release.getAnalysis();
        say("n1", PromotionWatchIT::passed, analysis -> {
            undecided(analysis);
            if (analysis.getName().equals(first)) {
                analysis.setState(Analysis.State.CONCLUDED).setVerdict(Verdict.INCONCLUSIVE);
            }
        });
        Await.until("the next analysis", LIMIT, () -> !gate.release(release.getName())
                .getAnalysis()
                .equals(first));
        say("n1", PromotionWatchIT::passed, analysis -> {
            if (!analysis.getName().equals(first)) {
                failed(analysis);
            }
        });
        Await.until("the abort", LIMIT, () -> gate.release(release.getName()).getState() == Release.State.ABORTED);
    }

    @Test
    void whatAPersonPromotesIsWatchedAndAPersonMayStillAbortIt() {
        say("p1", PromotionWatchIT::undecided, PromotionWatchIT::undecided);
        var opened = ask("p1");
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(opened.getName())
                        .setReason("it is fine")
                        .build());
        assertEquals(Release.State.OPEN, promoted.getState());
        assertTrue(promoted.hasWatchEndTime());
        Await.until(
                "that the first ends", LIMIT, () -> gate.analysis.cancelled().contains(opened.getAnalysis()));
        var aborted = gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(opened.getName())
                        .setReason("it is not")
                        .build());
        assertEquals(Release.State.ABORTED, aborted.getState());
    }

    @Test
    void whoPromotesAgainEndsTheWatch() {
        var name = watched("q1").getName();
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("enough")
                        .build());
        assertEquals(Release.State.PROMOTED, promoted.getState());
    }

    @Test
    void aNewerCanaryThatServesUsersEndsTheWatch() {
        var name = watched("s1a").getName();
        say("s1b", PromotionWatchIT::undecided, PromotionWatchIT::undecided);
        ask("s1a", "s1b", false);
        Await.until("the end", LIMIT, () -> gate.release(name).getState() == Release.State.PROMOTED);
        assertTrue(gate.release(name)
                .getLatestDecision()
                .getExplanation()
                .startsWith("canary 's1b' of the newer release"));
    }

    @Test
    void nobodyGoesByADryRunSoItIsNotWatched() {
        say("d1", PromotionWatchIT::passed, PromotionWatchIT::undecided);
        var name = ask("d1", "d1", true).getName();
        Await.until("the end", LIMIT, () -> gate.release(name).getState() == Release.State.PROMOTED);
        assertFalse(gate.release(name).hasWatchEndTime());
    }

    @Test
    void whatCannotBeMeasuredChangesNothing() {
        var name = watched("m1").getName();
        gate.analysisServer.stop();
        gate.settle();
        assertEquals(Outcome.PROMOTE, ask("m1").getLatestDecision().getOutcome());
        gate.analysisServer.comeBack();
        assertEquals(Release.State.OPEN, gate.release(name).getState());
    }
}
