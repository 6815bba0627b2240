package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.Release;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Decisions that follow a verdict at once. The review of the releases is put off for ever, so that nothing else can bring them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HeardVerdictsIT {
    @TempDir
    Path folder;

    private GateUnderTest gate;

    @BeforeEach
    void start() {
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "payment", "");
        gate = new GateUnderTest(folder);
        awaitWatchers(1);
    }

    @AfterEach
    void stop() {
        gate.close();
    }

    private void awaitWatchers(int number) {
        Await.until(number + " who watch", LIMIT, () -> gate.analysis.watchers() == number);
    }

    private String opened(String canary) {
        gate.neverReview();
        return gate.poll(canary).path("release").textValue();
    }

    private void fails(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setState(Analysis.State.CONCLUDED)
                .setVerdict(Verdict.FAIL)
                .setWindowCount(3));
    }

    private void awaitRollback(String name) {
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        var release = gate.release(name);
        assertEquals(Release.State.ABORTED, release.getState());
        assertEquals(1, gate.rollback.asked().size());
        assertEquals(name, gate.rollback.asked().getFirst().getRelease());
    }

    @Test
    void aFailIsAnAbortAndARollbackAtOnceInTheTraceOfItsRelease() {
        gate.neverReview();
        var opened = gate.poll("c1");
        var trace = opened.path("traceId").textValue();
        var name = opened.path("release").textValue();
        fails("c1");
        awaitRollback(name);
        assertEquals(2, gate.decisionCount(name));
        assertEquals(trace, gate.release(name).getLatestDecision().getTraceId());
        assertTrue(gate.rollbackServer.traceIds().contains(trace), "the rollback is a part of it too");
    }

    @Test
    void aWindowThatTurnsNothingWaitsForTheReviewOrForAQuestion() {
        gate.neverReview();
        var other = gate.poll("payment", "p1", "stable1").path("release").textValue();
        gate.analysis.say("p1", Verdict.CONTINUE, 1);
        var name = opened("c1");
        fails("c1");
        awaitRollback(name);
        assertEquals(1, gate.decisionCount(other));
    }

    @Test
    void aPassIsHeardTooAndALaterFailOverridesIt() {
        var name = opened("c1");
        gate.analysis.say("c1", Verdict.PASS, 2);
        Await.until(
                "PROMOTE",
                LIMIT,
                () -> gate.release(name).getLatestDecision().getOutcome().name().equals("PROMOTE"));
        fails("c1");
        awaitRollback(name);
    }

    @Test
    void aStreamCutInTheMiddleIsOpenedAgain() {
        var name = opened("c1");
        var before = gate.analysis.watches();
        gate.analysis.cut();
        Await.until("another stream", LIMIT, () -> gate.analysis.watches() > before);
        fails("c1");
        awaitRollback(name);
    }

    @Test
    void verdictsAreHeardAgainAfterAnalysisServiceWasAway() {
        var name = opened("c1");
        gate.analysisServer.stop();
        awaitWatchers(0);
        assertEquals(
                "[\"ANALYSIS_UNAVAILABLE\"]", gate.poll("c1").path("reasons").toString());
        gate.analysisServer.comeBack();
        awaitWatchers(1);
        fails("c1");
        awaitRollback(name);
    }

    @Test
    void aStreamThatIsNotAnsweredIsGivenUpAndTriedAgain() {
        var name = opened("c1");
        gate.analysisServer.hang();
        gate.analysis.cut();
        awaitWatchers(0);
        Await.until("a second try", LIMIT, () -> gate.analysisServer.waiting() >= 2);
        gate.analysisServer.release();
        awaitWatchers(1);
        fails("c1");
        awaitRollback(name);
    }

    @Test
    void aFailThatNobodyToldIsFoundByTheReview() {
        var name = gate.poll("c1").path("release").textValue();
        gate.analysisServer.stop();
        awaitWatchers(0);
        gate.analysis.say("c1", Verdict.FAIL, 1);
        gate.analysisServer.comeBack();
        awaitRollback(name);
    }

    @Test
    void ofTwoReplicasThatHearTheSameOneDecidesAndOneRollbackIsAskedFor() {
        try (var second = gate.another()) {
            awaitWatchers(2);
            for (var canary = 1; canary <= 20; canary++) {
                var before = gate.rollback.asked().size();
                var name = opened("c" + canary);
                fails("c" + canary);
                Await.until("the rollback", LIMIT, () -> !gate.release(name)
                        .getRollback()
                        .isEmpty());
                assertEquals(2, gate.decisionCount(name), "decisions on " + name);
                assertEquals(before + 1, gate.rollback.asked().size());
            }
            assertEquals(20, gate.rollback.started().size());
            assertTrue(second.grpcPort() > 0);
        }
    }
}
