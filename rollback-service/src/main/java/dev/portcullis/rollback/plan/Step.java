package dev.portcullis.rollback.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of a rollback and what was seen around it. Immutable; every method answers the changed step.
 *
 * @param kind what it does
 * @param state where in its life it is
 * @param attempts times it was tried, 0 or more; counted before the try, so that a try that was cut off counts
 * @param effectUnknown whether a try may have had an effect that nobody saw
 * @param seenBefore what was seen before the last try; empty when nothing was looked at
 * @param seenAfter what was seen after the last try; empty when nothing was looked at
 * @param startTime when it began
 * @param endTime when it ended
 */
public record Step(
        StepKind kind,
        StepState state,
        int attempts,
        boolean effectUnknown,
        String seenBefore,
        String seenAfter,
        Optional<Instant> startTime,
        Optional<Instant> endTime) {

    /** A step not yet begun. */
    public static Step pending(StepKind kind) {
        return new Step(kind, StepState.PENDING, 0, false, "", "", Optional.empty(), Optional.empty());
    }

    /** The step begun. */
    public Step begun(Instant now) {
        requireLegal(StepState.ACTIVE);
        return new Step(kind, StepState.ACTIVE, attempts, effectUnknown, seenBefore, "", Optional.of(now), endTime);
    }

    /** A try with an effect, to be written down before it is made: until its outcome is known, the effect is not. */
    public Step trying(String before) {
        requireActive();
        return new Step(kind, state, attempts + 1, true, before, "", startTime, endTime);
    }

    /** A try's outcome, after which the step goes on. */
    public Step tried(String after, boolean stillUnknown) {
        requireActive();
        return new Step(kind, state, attempts, stillUnknown, seenBefore, after, startTime, endTime);
    }

    /** A look, which has no effect on anything. */
    public Step looked(String after) {
        requireActive();
        return new Step(kind, state, attempts + 1, effectUnknown, seenBefore, after, startTime, endTime);
    }

    /** The step found done when it was looked at before a try. */
    public Step foundDone(String before, Instant now) {
        requireLegal(StepState.DONE);
        return new Step(kind, StepState.DONE, attempts, false, before, seenAfter, startTime, Optional.of(now));
    }

    /** The step done by its last try. */
    public Step done(String after, Instant now) {
        requireLegal(StepState.DONE);
        return new Step(kind, StepState.DONE, attempts, false, seenBefore, after, startTime, Optional.of(now));
    }

    /** The step given up. */
    public Step givenUp(String after, Instant now) {
        requireLegal(StepState.GIVEN_UP);
        return new Step(
                kind, StepState.GIVEN_UP, attempts, effectUnknown, seenBefore, after, startTime, Optional.of(now));
    }

    private void requireActive() {
        if (state != StepState.ACTIVE) {
            throw new IllegalStateException("step " + kind.word() + " is " + state + " and cannot be tried");
        }
    }

    private void requireLegal(StepState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("step " + kind.word() + " is " + state + " and cannot become " + next);
        }
    }
}
