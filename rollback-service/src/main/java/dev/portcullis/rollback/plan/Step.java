package dev.portcullis.rollback.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a rollback and what was seen around it. Immutable; every method answers the changed step.
 *
 * @param stage number of the stage it belongs to, from 0; of the proof of recovery the number of stages
 * @param kind what it does
 * @param state where in its life it is
 * @param attempts times it was tried, 0 or more; counted before the try, so that a try that was cut off counts
 * @param round how often it was begun anew, 0 or more: each round of a proof of recovery is an analysis of its own
 * @param effect what its tries have done to the target
 * @param seenBefore what was seen before the last try; empty when nothing was looked at
 * @param seenAfter what was seen after the last try; empty when nothing was looked at
 * @param looks what its looks have come to
 * @param startTime when it began
 * @param endTime when it ended
 */
public record Step(
        int stage,
        StepKind kind,
        StepState state,
        int attempts,
        int round,
        Effect effect,
        String seenBefore,
        String seenAfter,
        Looks looks,
        Optional<Instant> startTime,
        Optional<Instant> endTime) {

    /** A step not yet begun. */
    public static Step pending(int stage, StepKind kind) {
        var never = Optional.<Instant>empty();
        return new Step(stage, kind, StepState.PENDING, 0, 0, Effect.NONE, "", "", Looks.NONE, never, never);
    }

    /** Whether it is the same step of the same plan, whatever became of it. */
    public boolean same(Step other) {
        return stage == other.stage && kind == other.kind;
    }

    /** The step begun. */
    public Step begun(Instant now) {
        requireLegal(StepState.ACTIVE);
        return new Step(
                stage,
                kind,
                StepState.ACTIVE,
                attempts,
                round,
                effect,
                seenBefore,
                "",
                looks,
                Optional.of(now),
                endTime);
    }

    /** A try with an effect, to be written down before it is made: until its outcome is known, the effect is not. */
    public Step trying(String before) {
        requireActive();
        return new Step(
                stage, kind, state, attempts + 1, round, effect.orUnknown(), before, "", looks, startTime, endTime);
    }

    /** A try's outcome, after which the step goes on. */
    public Step tried(String after, Effect known) {
        requireActive();
        return new Step(stage, kind, state, attempts, round, known, seenBefore, after, looks, startTime, endTime);
    }

    /** What the last look came to, beside what it showed: it took so long, with the pause before it. */
    public Step watched(Duration longer) {
        return with(looks.more(longer));
    }

    /** What was seen to have the traffic; empty when the target does not tell. */
    public Step serving(String revision) {
        return with(looks.seeing(revision));
    }

    private Step with(Looks more) {
        requireActive();
        return new Step(stage, kind, state, attempts, round, effect, seenBefore, seenAfter, more, startTime, endTime);
    }

    /** A look, which has no effect on anything. */
    public Step looked(String after) {
        requireActive();
        return new Step(stage, kind, state, attempts + 1, round, effect, seenBefore, after, looks, startTime, endTime);
    }

    /** The step begun anew, since what was seen of the round before was not what is wanted; that is kept as seen before. */
    public Step nextRound(String after) {
        requireActive();
        return new Step(stage, kind, state, attempts, round + 1, effect, after, after, looks, startTime, endTime);
    }

    /** The step found done when it was looked at before a try. */
    public Step foundDone(String before, Instant now) {
        return ended(StepState.DONE, effect, before, seenAfter, now);
    }

    /** The step done by its last try. */
    public Step done(String after, Instant now) {
        return ended(StepState.DONE, effect, seenBefore, after, now);
    }

    /** The step done by a try that changed the target. */
    public Step doneByChange(String after, Instant now) {
        return ended(StepState.DONE, Effect.CHANGED, seenBefore, after, now);
    }

    /** The step given up. */
    public Step givenUp(String after, Instant now) {
        return ended(StepState.GIVEN_UP, effect, seenBefore, after, now);
    }

    private Step ended(StepState end, Effect known, String before, String after, Instant now) {
        requireLegal(end);
        return new Step(stage, kind, end, attempts, round, known, before, after, looks, startTime, Optional.of(now));
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
