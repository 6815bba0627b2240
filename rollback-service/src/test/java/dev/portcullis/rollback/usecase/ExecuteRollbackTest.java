package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Effect;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExecuteRollbackTest {
    private static final NotRestored NOT_YET = new NotRestored("restored: false, 30% on canary");
    private static final Restored BACK = new Restored("restored: true");
    private static final Unreadable BLIND = new Unreadable("no answer within 5000 ms");
    private static final Accepted TAKEN = new Accepted("answered 202");
    private static final Again NOT_SENT = new Again("connection refused", Duration.ZERO, false);
    private static final Again TOO_SLOW = new Again("no answer", Duration.ZERO, true);
    private static final Refused NO = new Refused("answered 403");

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget target = new ScriptedTarget();
    private final ManualClock clock = new ManualClock();
    private final ScriptedAnalyses analyses = new ScriptedAnalyses();
    private final Lease lease = new Lease("this run", 1);
    private final ExecuteRollback execute =
            new ExecuteRollback(store, List.of(target), analyses, Backoff.standard(() -> 0), clock);

    @BeforeEach
    void writeDown() {
        store.admit(planned("scripted"));
    }

    private Rollback planned(String kind) {
        return SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.NO_CHECK, kind);
    }

    private RunResult run() {
        return execute.attempt(store.latest(), lease);
    }

    private RunResult runToTheEnd() {
        return clock.runToTheEnd(this::run);
    }

    private RollbackState state() {
        return store.latest().state();
    }

    @Test
    void aTargetThatObeysGivesASuccessInThreeRuns() {
        target.shows(NOT_YET, BACK).answers(TAKEN);
        var first = run();
        assertEquals(RollbackState.RUNNING, state());
        assertEquals(Optional.of(clock.now), first.next());
        assertEquals(Optional.of(clock.now), run().next());
        assertEquals(RollbackState.VERIFYING, state());
        assertEquals(Optional.of(clock.now), store.latest().status().trafficBackTime());
        assertEquals(Optional.empty(), run().next());
        assertEquals(RollbackState.SUCCEEDED, state());
        assertEquals(List.of(store.latest().id() + "/1"), target.keys);
    }

    @Test
    void aTryIsWrittenDownBeforeItIsMade() {
        target.shows(NOT_YET, BACK).answers(TAKEN);
        target.duringCall = () -> {
            var step = store.latest().currentStep();
            assertEquals(RollbackState.RUNNING, state());
            assertEquals(StepState.ACTIVE, step.state());
            assertEquals(1, step.attempts());
            assertEquals(Effect.UNKNOWN, step.effect());
            assertEquals(NOT_YET.text(), step.seenBefore());
        };
        run();
        assertEquals(1, target.keys.size());
        assertEquals(StepKind.CONFIRM, store.latest().currentStep().kind());
    }

    @Test
    void whatIsRestoredAlreadyIsLeftAlone() {
        target.shows(BACK);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
        assertEquals(List.of(), target.keys);
        assertEquals(0, store.latest().step(0, StepKind.APPLY).attempts());
        assertEquals(StepState.DONE, store.latest().step(0, StepKind.APPLY).state());
    }

    @Test
    void aFailedLookDoesNotHoldTheCallBack() {
        target.shows(BLIND, BACK).answers(TAKEN);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
        assertEquals(1, target.keys.size());
        assertEquals(BLIND.text(), store.latest().step(0, StepKind.APPLY).seenBefore());
    }

    @Test
    void passingFaultsAreRetriedWithTheSameKeyAndGrowingPauses() {
        target.shows(NOT_YET).answers(NOT_SENT, TOO_SLOW, NOT_SENT, TAKEN);
        assertEquals(Duration.ofMillis(500), pause(run()));
        assertEquals(Duration.ofSeconds(1), pause(run()));
        assertEquals(Duration.ofSeconds(2), pause(run()));
        target.shows(NOT_YET, BACK);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
        assertEquals(4, target.keys.size());
        assertEquals(1, target.keys.stream().distinct().count());
    }

    private Duration pause(RunResult result) {
        return Duration.between(clock.now, result.next().orElseThrow());
    }

    @Test
    void aTargetThatAsksForTimeGetsIt() {
        target.shows(NOT_YET).answers(new Again("answered 429", Duration.ofSeconds(42), false));
        assertEquals(Duration.ofSeconds(42), pause(run()));
    }

    @Test
    void anOldRollbackIsNotCarriedOutLate() {
        clock.now = clock.now.plus(Duration.ofMinutes(15));
        target.shows(NOT_YET).answers(TAKEN);
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertEquals(List.of(), target.keys);
    }

    @Test
    void aTargetThatNeverAcceptsNeedsAHumanWhoIsToldEverything() {
        target.shows(NOT_YET).answers(NOT_SENT);
        var begin = clock.now;
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertEquals(Duration.ofMinutes(15), Duration.between(begin, clock.now));
        var detail = store.latest().status().detail();
        assertTrue(detail.contains("within 15m: tried " + target.keys.size() + " times"), detail);
        assertTrue(detail.contains("last: connection refused; seen now: " + NOT_YET.text()), detail);
        assertTrue(
                detail.contains(
                        "Next: apply checkout; what to look at first: docs/needs-human.md; to try again: grpcurl"),
                detail);
    }

    @Test
    void aRefusalOfTheOnlyTryFails() {
        target.shows(NOT_YET).answers(NO);
        runToTheEnd();
        assertEquals(RollbackState.FAILED, state());
        assertEquals(StepState.GIVEN_UP, store.latest().step(0, StepKind.APPLY).state());
        assertTrue(store.latest().status().detail().startsWith("answered 403; then seen: restored: false"));
    }

    @Test
    void aRefusalAfterTriesThatNeverArrivedFails() {
        target.shows(NOT_YET).answers(NOT_SENT, NO);
        runToTheEnd();
        assertEquals(RollbackState.FAILED, state());
    }

    @Test
    void aRefusalAfterATryOfUnknownEffectNeedsAHuman() {
        target.shows(NOT_YET).answers(TOO_SLOW, NOT_SENT, NO);
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertTrue(store.latest()
                .status()
                .detail()
                .contains("Next: look checkout; what to look at first: docs/needs-human.md"));
    }

    @Test
    void aRefusalBecauseItIsDoneAlreadyIsASuccess() {
        target.shows(NOT_YET, NOT_YET, BACK).answers(TOO_SLOW, NO);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
    }

    @Test
    void trafficThatDoesNotComeBackNeedsAHuman() {
        target.shows(NOT_YET).answers(TAKEN);
        var begin = clock.now;
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertEquals(Duration.ofMinutes(5), Duration.between(begin, clock.now));
        var detail = store.latest().status().detail();
        assertTrue(detail.contains("told once, looked 301 times, last: not restored yet: " + NOT_YET.text()), detail);
        assertTrue(detail.contains("Next: look checkout; what to look at first: docs/needs-human.md"), detail);
    }

    @Test
    void aLookThatFailsIsRepeatedUntilTheLimit() {
        target.shows(NOT_YET, BLIND, BLIND, NOT_YET, BLIND, BACK).answers(TAKEN);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
        assertEquals(5, store.latest().step(0, StepKind.CONFIRM).attempts());
    }

    @Test
    void looksThatAllFailNeedAHumanAndAreNotCalledNotRestored() {
        target.shows(BLIND).answers(TAKEN);
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        var detail = store.latest().status().detail();
        assertTrue(detail.contains("last: where the traffic is cannot be seen: " + BLIND.text()), detail);
        assertFalse(detail.contains("not restored"), detail);
    }

    @Test
    void afterALongStopTheTrafficIsLookedAtBeforeItIsGivenUp() {
        target.shows(NOT_YET, BACK).answers(TAKEN);
        run();
        clock.now = clock.now.plus(Duration.ofDays(2));
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state());
    }

    @Test
    void aTargetThatThrowsCountsAsAFaultOnTheWay() {
        target.shows(NOT_YET).answers(TAKEN);
        target.duringCall = () -> {
            throw new IllegalStateException("secret");
        };
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertFalse(store.latest().status().detail().contains("secret"));
    }

    @Test
    void aTargetKindThatIsGoneNeedsAHuman() {
        store.versions.clear();
        store.admit(planned("carrier-pigeon"));
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertTrue(store.latest().status().detail().contains("'carrier-pigeon'"));
    }

    @Test
    void whoeverIsBehindIsStopped() {
        target.shows(NOT_YET).answers(TAKEN);
        var old = store.latest();
        run();
        assertThrows(StaleRollbackException.class, () -> execute.attempt(old, lease));
        assertEquals(1, target.keys.size());
    }

    @Test
    void anEndedRollbackIsLeftAlone() {
        target.shows(BACK);
        runToTheEnd();
        var versions = store.versions.size();
        assertEquals(Optional.empty(), run().next());
        assertEquals(versions, store.versions.size());
    }
}
