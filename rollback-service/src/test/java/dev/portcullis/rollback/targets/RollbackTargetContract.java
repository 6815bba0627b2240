package dev.portcullis.rollback.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** What every target promises, tried against whatever stands for its other side. */
public abstract class RollbackTargetContract {
    /** No target needs more calls than this. */
    private static final int MOST_CALLS = 20;

    /** A world before a rollback, unlike any other of this test. */
    protected abstract TargetWorld open();

    /** What a prepared rollback is told. */
    protected static Assignment assignment(TargetWorld world) {
        var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
        return new Assignment("rollbacks/1", "1/1", 1, world.order(), ready.pinned());
    }

    /** As a rollback drives a target: look, change, look, until there is nothing left to tell; answers the calls made. */
    private static int drive(TargetWorld world, Assignment assignment) {
        for (int calls = 0; calls < MOST_CALLS; calls++) {
            if (world.target().observe(assignment) instanceof Restored) {
                return calls;
            }
            var result = world.target().apply(assignment);
            world.work();
            if (result instanceof Accepted) {
                return calls + 1;
            }
            assertFalse(result instanceof ApplyResult.Refused, result.toString());
        }
        throw new AssertionError("never accepted: " + world.target().observe(assignment));
    }

    private static TargetObservation seen(TargetWorld world, Assignment assignment) {
        world.work();
        return world.target().observe(assignment);
    }

    @Test
    void beforeTheRollbackItIsNotRestoredAndAfterItIs() {
        try (var world = open()) {
            var assignment = assignment(world);
            assertInstanceOf(NotRestored.class, world.target().observe(assignment));
            assertNotEquals(0, drive(world, assignment));
            assertInstanceOf(Restored.class, seen(world, assignment));
        }
    }

    @Test
    void preparingAndLookingChangeNothing() {
        try (var world = open()) {
            var ready = assertInstanceOf(Ready.class, world.target().prepare(world.order(), world.configured()));
            world.target().observe(assignment(world));
            assertEquals(0, world.effects());
            assertInstanceOf(NotRestored.class, ready.now());
            assertFalse(ready.goal().isBlank());
            assertEquals(world.configured().identity(), ready.pinned().identity());
        }
    }

    @Test
    void appliedTwiceIsAppliedOnce() {
        try (var world = open()) {
            var assignment = assignment(world);
            drive(world, assignment);
            var effects = world.effects();
            world.target().apply(assignment);
            world.target().apply(assignment);
            assertEquals(effects, world.effects());
            assertInstanceOf(Restored.class, seen(world, assignment));
        }
    }

    @Test
    void killedAfterEachCallItIsTheSameEnd() {
        cutOffAtEachCall(TargetWorld::loseAnswer);
    }

    @Test
    void killedDuringEachCallItIsTheSameEnd() {
        cutOffAtEachCall(TargetWorld::loseCall);
    }

    private void cutOffAtEachCall(ObjIntConsumer<TargetWorld> cut) {
        var undisturbed = effectsOfAWholeRollback();
        for (int nth = 1; nth <= undisturbed; nth++) {
            try (var world = open()) {
                var assignment = assignment(world);
                cut.accept(world, nth);
                drive(world, assignment);
                assertEquals(undisturbed, world.effects(), "cut off at call " + nth);
                assertInstanceOf(Restored.class, seen(world, assignment), "cut off at call " + nth);
            }
        }
    }

    private int effectsOfAWholeRollback() {
        try (var world = open()) {
            drive(world, assignment(world));
            assertTrue(world.effects() > 0);
            return world.effects();
        }
    }

    @Test
    void anAnswerThatDoesNotArriveLeavesTheEffectUnknown() {
        try (var world = open()) {
            var assignment = assignment(world);
            world.loseAnswer(1);
            var lost = assertInstanceOf(Again.class, world.target().apply(assignment));
            assertTrue(lost.effectUnknown(), lost.toString());
        }
    }

    @Test
    void whoIsGoneIsUnreadableAndTriedAgain() {
        try (var world = open()) {
            var assignment = assignment(world);
            world.vanish();
            assertInstanceOf(TargetObservation.Unreadable.class, world.target().observe(assignment));
            var gone = assertInstanceOf(Again.class, world.target().apply(assignment));
            assertFalse(gone.effectUnknown(), gone.toString());
        }
    }

    @Test
    void thereIsACommandForAPerson() {
        try (var world = open()) {
            var assignment = assignment(world);
            assertFalse(world.target().commandToLook(assignment).isBlank());
            assertFalse(world.target().commandToApply(assignment).isBlank());
        }
    }
}
