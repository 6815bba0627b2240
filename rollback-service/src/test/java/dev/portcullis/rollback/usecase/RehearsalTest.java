package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rollbacks of mode DRY_RUN: they go the whole way and the target hears nothing. */
final class RehearsalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget target = new ScriptedTarget().answers(new Accepted("answered 202"));
    private final ScriptedAnalyses analyses = new ScriptedAnalyses();
    private final ExecuteRollback execute = new ExecuteRollback(
            store, List.of(target), analyses, Backoff.standard(() -> 0), Clock.fixed(NOW, ZoneOffset.UTC));

    private Rollback rehearsed(TargetObservation... shown) {
        target.shows(shown);
        store.admit(SampleRollbacks.planned(NOW, Mode.DRY_RUN, SampleRollbacks.CHECK, "scripted", "scripted"));
        var lease = new Lease("this run", 1);
        for (var runs = 0; runs < 100 && !store.latest().state().ended(); runs++) {
            execute.attempt(store.latest(), lease);
        }
        assertEquals(List.of(), target.keys, "the target is never told");
        assertTrue(store.latest().nothingChanged(), "and the record says so");
        return store.latest();
    }

    @Test
    void aTargetThatIsNotRestoredIsTakenAsDoneAndRecoveryIsNotAsked() {
        var ended = rehearsed(new NotRestored("30% on canary"));
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertEquals(
                "a rehearsal, nothing was done; it would be: apply checkout",
                ended.steps().getFirst().seenAfter());
        assertEquals(
                "a rehearsal, taken as done; in truth 30% on canary",
                ended.steps().get(1).seenAfter());
        assertTrue(ended.status().detail().startsWith("a rehearsal: nothing was changed"), ended.status()::detail);
    }

    @Test
    void aTargetThatIsRestoredAlreadyIsFoundDone() {
        var ended = rehearsed(new Restored("restored: true"));
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertEquals(0, ended.steps().getFirst().attempts());
    }

    @Test
    void aRollbackThatWouldBeRefusedForLackOfARightFailsInTheRehearsalToo() {
        target.rights = List.of(
                new Right("get rollouts.argoproj.io", "kubectl apply -f rbac.yaml", Answer.GRANTED, ""),
                new Right("patch rollouts.argoproj.io", "kubectl apply -f rbac.yaml", Answer.MISSING, ""));
        for (var shown : List.<TargetObservation>of(new NotRestored("30% on canary"), new Restored("restored: true"))) {
            store.versions.clear();
            var ended = rehearsed(shown);
            assertEquals(RollbackState.FAILED, ended.state());
            assertTrue(
                    ended.status()
                            .detail()
                            .startsWith(
                                    "a rehearsal, nothing was done: the account may not patch rollouts.argoproj.io, so the"
                                            + " rollback would be refused; what gives it that: kubectl apply -f rbac.yaml"),
                    ended.status()::detail);
        }
    }

    @Test
    void rightsThatAreNotKnownAreNoReasonToFail() {
        target.rights = List.of(new Right("patch rollouts.argoproj.io", "", Answer.UNKNOWN, "it does not tell"));
        assertEquals(
                RollbackState.SUCCEEDED,
                rehearsed(new Restored("restored: true")).state());
    }

    @Test
    void aTargetThatCannotBeReadIsNoEnd() {
        assertEquals(
                RollbackState.SUCCEEDED, rehearsed(new Unreadable("no answer")).state());
    }

    @Test
    void aTargetOutOfReachIsAFailureAndNobodyIsNeeded() {
        var ended = rehearsed(
                new NotRestored("30% on canary"), new NotRestored("30% on canary"), new OutOfReach("no such Rollout"));
        assertEquals(RollbackState.FAILED, ended.state());
        assertTrue(ended.status().detail().startsWith("no such Rollout. Nothing was changed"), ended.status()::detail);
    }
}
