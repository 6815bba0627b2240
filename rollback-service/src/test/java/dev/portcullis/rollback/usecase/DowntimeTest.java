package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.Recovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service is down while a limit ends: what it finds when it is back is looked at before a person is called. */
final class DowntimeTest {
    private static final NotRestored NOT_YET = new NotRestored("3 of 5 pods");
    private static final Restored BACK = new Restored("5 of 5 pods");
    private static final Unreadable BLIND = new Unreadable("no connection to 10.0.0.1:6443 within 4000 ms");
    private static final Accepted TAKEN = new Accepted("patched");
    private static final Duration CONFIRM_FOR = Duration.ofMinutes(5);

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget target = new ScriptedTarget();
    private final ScriptedAnalyses analyses = new ScriptedAnalyses();
    private final ManualClock clock = new ManualClock();
    private final ExecuteRollback execute =
            new ExecuteRollback(store, List.of(target), analyses, Backoff.standard(() -> 0), clock);

    private void begin(Recovery recovery) {
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, recovery, "scripted"));
    }

    private RunResult run() {
        var result = execute.attempt(store.latest(), new Lease("this run", 1));
        result.next().ifPresent(next -> clock.now = next);
        return result;
    }

    private void runToTheEnd() {
        clock.runToTheEnd(this::run);
    }

    private RollbackState state() {
        return store.latest().state();
    }

    private String detail() {
        return store.latest().status().detail();
    }

    private void confirming() {
        begin(SampleRollbacks.NO_CHECK);
        target.shows(NOT_YET).answers(TAKEN);
        run();
        assertEquals(StepKind.CONFIRM, store.latest().currentStep().kind());
    }

    private void confirmingUntilTheTimeIsAlmostOver() {
        confirming();
        var end = clock.now.plus(CONFIRM_FOR).minusSeconds(2);
        while (clock.now.isBefore(end)) {
            run();
        }
    }

    @Test
    void theTimeToConfirmDoesNotPassWhileNobodyLooks() {
        confirming();
        clock.pass(Duration.ofHours(3));
        target.shows(BLIND, NOT_YET, NOT_YET, BACK);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state(), detail());
    }

    @Test
    void whereTheTimeWasAlmostOverLooksThatFailAreRepeatedUntilOneCanBeRead() {
        confirmingUntilTheTimeIsAlmostOver();
        clock.pass(Duration.ofMinutes(20));
        target.shows(BLIND, BLIND, BLIND, BLIND, BACK);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state(), detail());
    }

    @Test
    void aLookThatCanBeReadEndsItWhenTheTimeIsOver() {
        confirmingUntilTheTimeIsAlmostOver();
        clock.pass(Duration.ofMinutes(20));
        target.shows(BLIND, NOT_YET);
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertTrue(detail().contains("within 5m after it accepted (without the 19m5"), detail());
        assertTrue(detail().contains("in which this service was down)"), detail());
    }

    @Test
    void withoutADowntimeLooksThatFailEndItInTime() {
        confirming();
        var accepted = clock.now;
        target.shows(BLIND);
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertEquals(CONFIRM_FOR, Duration.between(accepted, clock.now));
        assertTrue(detail().contains("within 5m after it accepted: told"), detail());
    }

    @Test
    void aServiceThatGoesDownAgainAndAgainEndsItAllTheSame() {
        confirming();
        target.shows(BLIND);
        var restarts = 0;
        while (run().next().isPresent()) {
            clock.pass(Duration.ofMinutes(10));
            restarts++;
            assertTrue(restarts < 100, () -> "no end: " + store.latest());
        }
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertTrue(restarts > 30, () -> "each look counts for seconds, not for the time nobody looked");
    }

    @Test
    void aChangeThatWasMadeBeforeALongDowntimeIsFoundThoughTheFirstLooksFail() {
        begin(SampleRollbacks.NO_CHECK);
        target.shows(NOT_YET).answers(new Again("the connection broke", Duration.ZERO, true));
        run();
        clock.pass(Duration.ofHours(1));
        target.shows(BLIND, BLIND, BLIND, BACK);
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state(), detail());
        assertEquals(1, target.keys.size(), "an order of an hour ago is not carried out any more");
    }

    @Test
    void anOldOrderIsGivenUpAtTheFirstLookThatCanBeReadAndAfterThirtySecondsWithoutOne() {
        for (var last : List.of(NOT_YET, BLIND)) {
            store.versions.clear();
            begin(SampleRollbacks.NO_CHECK);
            target.shows(NOT_YET).answers(new Again("the connection broke", Duration.ZERO, true));
            run();
            clock.pass(Duration.ofHours(1));
            var back = clock.now;
            target.shows(BLIND, last);
            runToTheEnd();
            assertEquals(RollbackState.NEEDS_HUMAN, state());
            assertTrue(Duration.between(back, clock.now).toSeconds() <= 30, clock.now.toString());
        }
        assertEquals(2, target.keys.size());
    }

    @Test
    void aProofThatWasFoundDuringADowntimeIsAskedForAgainWhenTheFirstAnswerFails() {
        begin(SampleRollbacks.CHECK);
        analyses.finds(new Measuring("analyses/1", "2 of 20 windows"));
        target.shows(NOT_YET, BACK).answers(TAKEN);
        run();
        run();
        run();
        assertEquals(RollbackState.VERIFYING, state());
        clock.pass(Duration.ofHours(1));
        var away = new Unavailable("connection refused");
        analyses.finds(away, away, new Recovered("analyses/1", "3 of 40,000 requests failed"));
        runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, state(), detail());
        assertEquals(0, analyses.ended.size());
    }

    @Test
    void whoCannotBeAskedAfterADowntimeIsNotAskedForEver() {
        begin(SampleRollbacks.CHECK);
        analyses.finds(new Measuring("analyses/1", "2 of 20 windows"));
        target.shows(NOT_YET, BACK).answers(TAKEN);
        run();
        run();
        run();
        clock.pass(Duration.ofHours(1));
        var back = clock.now;
        analyses.finds(new Unavailable("connection refused"));
        runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, state());
        assertTrue(Duration.between(back, clock.now).toSeconds() <= 30, clock.now.toString());
    }

    @Test
    void whileNobodyIsThereToBeToldItIsTriedAtLeastEveryFiveSeconds() {
        begin(SampleRollbacks.NO_CHECK);
        target.shows(BLIND).answers(new Again("no connection to 10.0.0.1:6443: refused", Duration.ZERO, false, true));
        var before = clock.now;
        while (run().next().isPresent()) {
            assertTrue(Duration.between(before, clock.now).toSeconds() <= 5, clock.now.toString());
            before = clock.now;
        }
        assertTrue(target.keys.size() > 180, () -> target.keys.size() + " tries in 15 minutes");
    }
}
