package dev.portcullis.rollback.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import org.junit.jupiter.api.Test;

/** What every target promises, tried against whatever stands for its other side. */
public abstract class RollbackTargetContract {
    /** The target under test. */
    protected abstract RollbackTarget target();

    /** An assignment for it; the same each time within a test. */
    protected abstract Assignment assignment();

    /** How often the other side has moved traffic. */
    protected abstract int effects();

    /** The other side carries the next call out, but its answer does not arrive. */
    protected abstract void loseNextAnswer();

    /** The other side is gone, until the end of the test. */
    protected abstract void vanish();

    @Test
    void beforeTheCallTheTrafficIsNotRestoredAndAfterItIs() {
        assertInstanceOf(Sighting.NotRestored.class, target().observe(assignment()));
        assertInstanceOf(Outcome.Accepted.class, target().returnTraffic(assignment()));
        assertInstanceOf(Sighting.Restored.class, target().observe(assignment()));
    }

    @Test
    void aLookChangesNothing() {
        target().observe(assignment());
        target().observe(assignment());
        assertEquals(0, effects());
    }

    @Test
    void appliedTwiceIsAppliedOnce() {
        assertInstanceOf(Outcome.Accepted.class, target().returnTraffic(assignment()));
        assertInstanceOf(Outcome.Accepted.class, target().returnTraffic(assignment()));
        assertEquals(1, effects());
        assertInstanceOf(Sighting.Restored.class, target().observe(assignment()));
    }

    @Test
    void repeatedAfterAnUnknownOutcomeItIsTheSameEnd() {
        loseNextAnswer();
        var lost = assertInstanceOf(Outcome.Again.class, target().returnTraffic(assignment()));
        assertTrue(lost.effectUnknown(), lost.toString());
        assertInstanceOf(Outcome.Accepted.class, target().returnTraffic(assignment()));
        assertEquals(1, effects());
        assertInstanceOf(Sighting.Restored.class, target().observe(assignment()));
    }

    @Test
    void whoIsGoneIsUnreadableAndTriedAgain() {
        vanish();
        assertInstanceOf(Sighting.Unreadable.class, target().observe(assignment()));
        var gone = assertInstanceOf(Outcome.Again.class, target().returnTraffic(assignment()));
        assertTrue(!gone.effectUnknown(), gone.toString());
    }

    @Test
    void thereIsACommandForAPerson() {
        assertTrue(!target().commandToLook(assignment()).isBlank());
        assertTrue(target().commandToReturn(assignment()).contains(assignment().idempotencyKey()));
    }
}
