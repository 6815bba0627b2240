package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult.Inconclusive;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.NotRecovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Recovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proof that users recovered, after the traffic is back. */
final class VerifyRecoveryTest {
    private static final NotRestored NOT_YET = new NotRestored("30% on canary");
    private static final Restored BACK = new Restored("all on stable");
    private static final Measuring MEASURING = new Measuring("analyses/1", "2 of 20 windows");
    private static final Recovered RECOVERED = new Recovered("analyses/1", "3 of 40,000 requests failed");
    private static final NotRecovered SICK = new NotRecovered("analyses/1", "900 of 40,000 requests failed");
    private static final Inconclusive TOO_FEW = new Inconclusive("analyses/1", "12 requests");
    private static final Unavailable AWAY = new Unavailable("connection refused");

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget target = new ScriptedTarget();
    private final ScriptedAnalyses analyses = new ScriptedAnalyses();
    private final ManualClock clock = new ManualClock();
    private final Instant begun = clock.now;
    private final ExecuteRollback execute =
            new ExecuteRollback(store, List.of(target), analyses, Backoff.standard(() -> 0), clock);

    private RunResult run() {
        return execute.attempt(store.latest(), new Lease("this run", 1));
    }

    private Rollback rolledBack(Recovery recovery) {
        target.shows(NOT_YET, BACK).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, recovery, "scripted"));
        return clock.runToTheEnd(this::run).rollback();
    }

    @Test
    void aSuccessNeedsTheProof() {
        analyses.finds(MEASURING, AWAY, MEASURING, RECOVERED);
        var ended = rolledBack(SampleRollbacks.CHECK);
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertTrue(
                ended.status().detail().startsWith("users recovered: 3 of 40,000"),
                ended.status().detail());
        assertEquals(4, analyses.asked.size());
        assertEquals(1, analyses.asked.stream().distinct().count(), "one question, asked again");
        var question = analyses.asked.getFirst();
        assertEquals("old", question.revision());
        assertEquals(Duration.ofMinutes(10), question.within());
    }

    @Test
    void whatHasTheTrafficIsMeasuredWhateverItIsCalledNow() {
        analyses.finds(MEASURING, SICK, RECOVERED);
        target.shows(NOT_YET, new Restored("all on made3", "made3")).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.CHECK, "scripted"));
        while (run().next().isPresent()) {
            clock.pass(Duration.ofSeconds(1));
        }
        assertEquals(RollbackState.SUCCEEDED, store.latest().state());
        assertEquals(
                List.of("made3"),
                analyses.asked.stream()
                        .map(RecoveryQuestion::revision)
                        .distinct()
                        .toList());
    }

    @Test
    void aProofToTheContraryIsTriedAnewUntilTheTimeIsOver() {
        analyses.finds(SICK, MEASURING, SICK, RECOVERED);
        assertEquals(RollbackState.SUCCEEDED, rolledBack(SampleRollbacks.CHECK).state());
        var ids = analyses.asked.stream().map(RecoveryQuestion::id).toList();
        assertNotEquals(ids.get(0), ids.get(1));
        assertEquals(ids.get(1), ids.get(2));
        assertNotEquals(ids.get(2), ids.get(3));
    }

    @Test
    void whoDoesNotRecoverNeedsAHumanAndTheReleaseMayNotHaveBeenTheCause() {
        analyses.finds(SICK);
        var ended = rolledBack(SampleRollbacks.CHECK);
        assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
        assertEquals(Duration.ofMinutes(10), Duration.between(begun, clock.now));
        var detail = ended.status().detail();
        assertTrue(detail.contains("users did not recover: 900 of 40,000"), detail);
        assertTrue(detail.contains("The release may not have been the cause"), detail);
    }

    @Test
    void afterAProofToTheContraryARoundThatIsCutShortIsNothingToAccept() {
        for (var last : List.of(MEASURING, TOO_FEW, AWAY)) {
            store.versions.clear();
            analyses.finds(SICK, last);
            var ended = rolledBack(SampleRollbacks.CHECK_LENIENT);
            assertEquals(RollbackState.NEEDS_HUMAN, ended.state(), last.toString());
            var detail = ended.status().detail();
            assertTrue(detail.startsWith("users did not recover: 900 of 40,000"), detail);
            assertTrue(detail.contains("The release may not have been the cause"), detail);
        }
    }

    @Test
    void noProofEitherWayIsNoSuccessUnlessThePolicyAcceptsIt() {
        for (var finding : List.of(TOO_FEW, MEASURING, AWAY)) {
            store.versions.clear();
            analyses.finds(finding);
            var ended = rolledBack(SampleRollbacks.CHECK);
            assertEquals(RollbackState.NEEDS_HUMAN, ended.state(), finding.toString());
            assertTrue(
                    ended.status().detail().startsWith("it could not be proved that users recovered"),
                    ended.toString());
            store.versions.clear();
            analyses.finds(finding);
            assertEquals(
                    RollbackState.SUCCEEDED,
                    rolledBack(SampleRollbacks.CHECK_LENIENT).state());
        }
    }

    @Test
    void aMeasuringNobodyWaitsForAnyMoreIsEnded() {
        analyses.finds(MEASURING);
        rolledBack(SampleRollbacks.CHECK);
        assertEquals(List.of(analyses.asked.getFirst()), analyses.ended);
    }

    @Test
    void aRollbackTakenBackMeanwhileIsNoSuccess() {
        analyses.finds(MEASURING, RECOVERED);
        target.shows(NOT_YET, BACK, NOT_YET).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.CHECK, "scripted"));
        while (run().next().isPresent()) {
            clock.pass(Duration.ofSeconds(1));
        }
        assertEquals(RollbackState.NEEDS_HUMAN, store.latest().state());
        var detail = store.latest().status().detail();
        assertTrue(detail.contains("taken back by somebody after it was done: 30% on canary. Next: look"), detail);
    }

    @Test
    void aNewerReleaseIsNotSomebodyWhoTookTheRollbackBack() {
        analyses.later = new LaterRelease.Begun("newer", "analyses/2", begun.plusSeconds(3));
        analyses.finds(MEASURING, RECOVERED);
        var ended = verified(SampleRollbacks.CHECK, NOT_YET, BACK, NOT_YET);
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        var detail = ended.status().detail();
        assertTrue(
                detail.startsWith("users recovered: 3 of 40,000 requests failed. Superseded since by revision newer"),
                detail);
        assertTrue(detail.contains("(analyses/2): 30% on canary"), detail);
    }

    @Test
    void whatANewerReleaseKeptFromBeingMeasuredIsNotCalledRecovered() {
        analyses.later = new LaterRelease.Begun("newer", "analyses/2", begun.plusSeconds(3));
        for (var finding : List.of(TOO_FEW, MEASURING, AWAY)) {
            store.versions.clear();
            analyses.finds(finding);
            var ended = verified(SampleRollbacks.CHECK, NOT_YET, BACK, NOT_YET);
            assertEquals(RollbackState.SUCCEEDED, ended.state());
            var detail = ended.status().detail();
            assertTrue(detail.startsWith("superseded by revision newer"), detail);
            assertTrue(detail.contains("it was not shown whether users had recovered"), detail);
            assertTrue(!detail.contains("users recovered"), detail);
        }
    }

    @Test
    void aNewerReleaseHealsNoUsersThatDidNotRecover() {
        analyses.later = new LaterRelease.Begun("newer", "analyses/2", begun.plusSeconds(3));
        analyses.finds(SICK);
        assertEquals(
                RollbackState.NEEDS_HUMAN,
                verified(SampleRollbacks.CHECK, NOT_YET, BACK, NOT_YET).state());
    }

    @Test
    void aNewerReleaseThatLeavesTheRestoredRevisionItsTrafficExcusesNoMissingProof() {
        analyses.later = new LaterRelease.Begun("newer", "analyses/2", begun.plusSeconds(3));
        analyses.finds(TOO_FEW);
        assertEquals(
                RollbackState.NEEDS_HUMAN,
                verified(SampleRollbacks.CHECK, NOT_YET, BACK).state());
    }

    @Test
    void theBadRevisionOnceMoreSupersedesNothing() {
        analyses.finds(RECOVERED);
        for (var revision : List.of("new", "old")) {
            store.versions.clear();
            analyses.later = new LaterRelease.Begun(revision, "analyses/2", begun.plusSeconds(3));
            var ended = verified(SampleRollbacks.CHECK, NOT_YET, BACK, NOT_YET);
            assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
            assertTrue(ended.status().detail().contains("taken back by somebody"), ended.toString());
        }
    }

    @Test
    void whenNobodyKnowsOfANewerReleaseThatIsSaid() {
        analyses.finds(RECOVERED);
        analyses.later = new LaterRelease.Unknown("connection refused");
        var ended = verified(SampleRollbacks.CHECK, NOT_YET, BACK, NOT_YET);
        assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
        assertTrue(
                ended.status().detail().contains("whether a newer release began is not known: connection refused"),
                ended.toString());
    }

    @Test
    void aTargetThatWasGivenSomethingNewerIsTold() {
        analyses.finds(RECOVERED);
        var ended = verified(SampleRollbacks.CHECK, NOT_YET, BACK, new OutOfReach("rolls out 3"));
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertTrue(ended.status().detail().contains("Seen at last: rolls out 3"), ended.toString());
    }

    private Rollback verified(Recovery recovery, TargetObservation... shown) {
        target.shows(shown).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, recovery, "scripted"));
        while (run().next().isPresent()) {
            clock.pass(Duration.ofSeconds(1));
        }
        return store.latest();
    }

    @Test
    void aTargetThatCannotBeSeenAtTheEndIsTakenAsItWas() {
        analyses.finds(RECOVERED);
        target.shows(NOT_YET, BACK, new Unreadable("timeout")).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.CHECK, "scripted"));
        while (run().next().isPresent()) {
            clock.pass(Duration.ofSeconds(1));
        }
        assertEquals(RollbackState.SUCCEEDED, store.latest().state());
    }

    @Test
    void aCancelledProofEndsItsAnalysis() {
        analyses.finds(MEASURING);
        target.shows(NOT_YET, BACK).answers(new Accepted("patched"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.CHECK, "scripted"));
        run();
        run();
        run();
        assertEquals(RollbackState.VERIFYING, store.latest().state());
        store.cancel(store.latest().id(), new Cancellation("bob", "seen enough", clock.now));
        run();
        assertEquals(RollbackState.CANCELLED, store.latest().state());
        assertEquals(List.of(analyses.asked.getFirst()), analyses.ended);
    }
}
