package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Effect;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans with several targets: flag off, traffic to stable, pods back. */
final class ChainTest {
    private static final NotRestored NOT_YET = new NotRestored("30% on canary");
    private static final Restored BACK = new Restored("all on stable");
    private static final Accepted TAKEN = new Accepted("patched");

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget flag =
            new ScriptedTarget("flag").shows(NOT_YET, BACK).answers(TAKEN);
    private final ScriptedTarget router =
            new ScriptedTarget("router").shows(NOT_YET, BACK).answers(TAKEN);
    private final ScriptedTarget pods =
            new ScriptedTarget("pods").shows(NOT_YET, BACK).answers(TAKEN);
    private final ScriptedTarget optional = new ScriptedTarget("flag?");
    private final ScriptedAnalyses analyses = new ScriptedAnalyses();
    private final ManualClock clock = new ManualClock();
    private final ExecuteRollback execute = new ExecuteRollback(
            store, List.of(flag, router, pods, optional), analyses, Backoff.standard(() -> 0), clock);

    private void begin(Mode mode) {
        store.admit(SampleRollbacks.planned(clock.now, mode, SampleRollbacks.NO_CHECK, "flag", "router", "pods"));
    }

    private RunResult run() {
        return execute.attempt(store.latest(), new Lease("this run", 4));
    }

    private Rollback runToTheEnd() {
        return clock.runToTheEnd(this::run).rollback();
    }

    @Test
    void eachStageBeginsWhenTheOneBeforeIsConfirmed() {
        begin(Mode.LIVE);
        router.shows(NOT_YET, NOT_YET, NOT_YET, BACK);
        router.duringCall = () -> assertEquals(0, pods.keys.size());
        pods.duringCall = () -> assertEquals(1, router.keys.size());
        var ended = runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, ended.state(), ended.status().detail());
        var id = ended.id();
        assertEquals(
                List.of(id + "/1", id + "/2", id + "/3"),
                List.of(flag.keys.getFirst(), router.keys.getFirst(), pods.keys.getFirst()));
        assertEquals(4, pods.fences.getFirst());
    }

    @Test
    void trafficIsBackOnceTheRouterIsConfirmedThoughPodsTakeLonger() {
        begin(Mode.LIVE);
        pods.shows(NOT_YET, NOT_YET, NOT_YET, BACK);
        var begun = clock.now;
        var ended = runToTheEnd();
        assertEquals(Optional.of(begun), ended.status().trafficBackTime());
        assertTrue(clock.now.isAfter(begun));
        assertTrue(
                ended.status().detail().contains("Traffic was back after 0 s (promised: 60 s)"),
                ended.status().detail());
    }

    @Test
    void aBrokenPromiseIsSaid() {
        begin(Mode.LIVE);
        router.answers(new Again("503", Duration.ofSeconds(70), false), TAKEN).shows(NOT_YET, NOT_YET, BACK);
        var ended = runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertTrue(
                ended.status().detail().contains("Traffic was back after 70 s (promised: 60 s, missed)"),
                ended.status().detail());
    }

    @Test
    void aTargetOfSeveralChangesIsAppliedUntilItHasNothingLeft() {
        begin(Mode.LIVE);
        router.answers(new Advanced("auto-sync off"), new Advanced("unpaused"), TAKEN)
                .shows(NOT_YET, NOT_YET, NOT_YET, BACK);
        assertEquals(RollbackState.SUCCEEDED, runToTheEnd().state());
        assertEquals(3, router.keys.size());
        assertEquals(1, router.keys.stream().distinct().count());
    }

    @Test
    void aRefusalAfterEarlierChangesNeedsAHumanWhoIsToldWhatIsDone() {
        begin(Mode.LIVE);
        router.answers(new Refused("403")).shows(NOT_YET);
        var ended = runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
        assertTrue(
                ended.status().detail().contains("Done so far: flag apply (done). Next: look checkout"),
                ended.status().detail());
    }

    @Test
    void aRefusalAfterAChangeOfTheSameTargetNeedsAHuman() {
        begin(Mode.LIVE);
        flag.answers(new Advanced("one"), new Refused("403")).shows(NOT_YET);
        var ended = runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
        assertEquals(Effect.CHANGED, ended.step(0, StepKind.APPLY).effect());
    }

    @Test
    void whatIsOutOfReachAtFirstFailsAndLaterNeedsAHuman() {
        begin(Mode.LIVE);
        flag.shows(new OutOfReach("the flag is gone"));
        assertEquals(RollbackState.FAILED, runToTheEnd().state());
        store.versions.clear();
        begin(Mode.LIVE);
        flag.shows(NOT_YET, new OutOfReach("the flag is gone"));
        var ended = runToTheEnd();
        assertEquals(RollbackState.NEEDS_HUMAN, ended.state());
        assertTrue(
                ended.status().detail().contains("the flag is gone"),
                ended.status().detail());
        assertEquals(0, router.keys.size());
    }

    @Test
    void anOptionalStageThatIsRefusedDoesNotKeepTrafficFromComingBack() {
        optional.answers(new Refused("changed meanwhile")).shows(NOT_YET);
        beginOptional();
        var ended = runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, ended.state(), ended.status().detail());
        assertTrue(
                ended.status().detail().contains("Not done: flag?, which the plan can do without."), ended.toString());
        assertEquals(1, router.keys.size());
        assertEquals(1, pods.keys.size());
    }

    @Test
    void anOptionalStageIsGivenASmallPartOfTheTimeAndThenLeftOut() {
        for (var slow : List.of(new Again("503", Duration.ZERO, false), TAKEN)) {
            store.versions.clear();
            router.shows(NOT_YET, BACK);
            pods.shows(NOT_YET, BACK);
            optional.answers(slow).shows(NOT_YET);
            beginOptional();
            var begun = clock.now;
            var ended = runToTheEnd();
            assertEquals(RollbackState.SUCCEEDED, ended.state(), ended.status().detail());
            assertEquals(
                    Duration.ofSeconds(15),
                    Duration.between(begun, ended.status().trafficBackTime().orElseThrow()));
        }
    }

    @Test
    void anOptionalStageAtTheEndOfAChainIsLeftOutToo() {
        optional.shows(new OutOfReach("the flag is gone"));
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.NO_CHECK, "router", "flag?"));
        var ended = runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, ended.state(), ended.status().detail());
        assertTrue(ended.status().trafficBackTime().isPresent());
    }

    private void beginOptional() {
        store.admit(SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.NO_CHECK, "flag?", "router", "pods"));
    }

    @Test
    void aCancelledChainStopsBetweenTwoStepsAndTellsWhatWasDone() {
        begin(Mode.LIVE);
        run();
        run();
        store.cancel(store.latest().id(), new Cancellation("bob", "false alarm", clock.now));
        var ended = runToTheEnd();
        assertEquals(RollbackState.CANCELLED, ended.state());
        assertEquals(
                "cancelled by bob: false alarm. Done so far: flag apply (done).",
                ended.status().detail());
        assertEquals(0, router.keys.size());
    }

    @Test
    void aRehearsalWalksTheWholeChainAndChangesNothing() {
        begin(Mode.DRY_RUN);
        List.of(flag, router, pods).forEach(target -> target.shows(NOT_YET));
        var ended = runToTheEnd();
        assertEquals(RollbackState.SUCCEEDED, ended.state());
        assertEquals(List.of(), flag.keys);
        assertEquals(List.of(), router.keys);
        assertEquals(List.of(), pods.keys);
        assertTrue(ended.step(1, StepKind.APPLY).seenAfter().contains("it would be: apply checkout"));
        assertTrue(ended.status().trafficBackTime().isPresent());
    }

    @Test
    void aProcessThatStoodStillBetweenItsNoteAndItsCallDoesNotCall() {
        begin(Mode.LIVE);
        store.whenReplaced = next -> clock.pass(Lease.LENGTH);
        assertThrows(StaleRollbackException.class, this::run);
        assertEquals(List.of(), flag.keys);
    }
}
