package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Outcome.Accepted;
import dev.portcullis.rollback.plan.Outcome.Again;
import dev.portcullis.rollback.plan.Outcome.Refused;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.Restored;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import java.time.Duration;
import java.time.Instant;

/**
 * The step that tells the target. It looks first and leaves a target alone that is where it should be. A look that fails does not hold
 * the call back: users are on the bad revision, and the idempotency key keeps a repeated call from doing anything twice.
 */
record ReturnTraffic(Journal journal, Backoff backoff) {
    Progress attempt(Rollback rollback, RollbackTarget target) {
        var before = target.observe(rollback.assignment());
        var step = rollback.currentStep();
        if (before instanceof Restored) {
            return verifying(rollback, step.foundDone(before.text(), journal.now()), "found done: " + before.text());
        }
        if (!journal.now().isBefore(limit(rollback))) {
            return Progress.ended(outOfTime(rollback, target, before));
        }
        var trying = journal.write(
                rollback,
                step.trying(before.text()),
                RollbackState.RUNNING,
                "telling the target, try " + (step.attempts() + 1));
        return switch (target.returnTraffic(trying.assignment())) {
            case Accepted accepted ->
                verifying(trying, trying.currentStep().done(accepted.text(), journal.now()), accepted.text());
            case Again again -> later(trying, again, step.effectUnknown());
            case Refused refused -> refused(trying, target, refused, step.effectUnknown());
        };
    }

    /** Counted from the start of the rollback: an order that waited too long may no longer be what people want. */
    private static Instant limit(Rollback rollback) {
        return rollback.life().createTime().plus(rollback.plan().limits().retryFor());
    }

    private Progress verifying(Rollback rollback, Step done, String detail) {
        var next = journal.write(rollback, done, RollbackState.VERIFYING, detail);
        return Progress.again(next, next.life().updateTime());
    }

    private Progress later(Rollback rollback, Again again, boolean unknownBefore) {
        var step = rollback.currentStep().tried(again.text(), again.effectUnknown() || unknownBefore);
        var pause = longer(backoff.after(step.attempts()), again.pause());
        var detail = again.text() + "; tried " + Spoken.times(step.attempts()) + ", again in " + Spoken.duration(pause);
        var next = journal.write(rollback, step, RollbackState.RUNNING, detail);
        var at = next.life().updateTime().plus(pause);
        return Progress.again(next, at.isBefore(limit(next)) ? at : limit(next));
    }

    /** A refusal is looked behind: an earlier try whose outcome nobody saw may be what has made this one illegal. */
    private Progress refused(Rollback rollback, RollbackTarget target, Outcome refused, boolean unknownBefore) {
        var seen = target.observe(rollback.assignment());
        var step = rollback.currentStep();
        var both = refused.text() + "; then seen: " + seen.text();
        if (seen instanceof Restored) {
            return verifying(rollback, step.done(both, journal.now()), both);
        }
        var given = step.givenUp(both, journal.now());
        if (unknownBefore) {
            var detail = both + ". Tried " + Spoken.times(step.attempts())
                    + ", and an earlier try may have had an effect. Next: "
                    + target.commandToLook(rollback.assignment());
            return Progress.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
        }
        var detail = both + ". Nothing was changed; mend what the target refuses and start a new rollback";
        return Progress.ended(journal.write(rollback, given, RollbackState.FAILED, detail));
    }

    private Rollback outOfTime(Rollback rollback, RollbackTarget target, Sighting before) {
        var step = rollback.currentStep();
        var detail = "the target did not accept within "
                + Spoken.duration(rollback.plan().limits().retryFor()) + ": tried " + Spoken.times(step.attempts())
                + (step.seenAfter().isEmpty() ? "" : ", last: " + step.seenAfter()) + "; seen now: " + before.text()
                + ". Next: " + target.commandToReturn(rollback.assignment());
        return journal.write(rollback, step.givenUp(before.text(), journal.now()), RollbackState.NEEDS_HUMAN, detail);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
