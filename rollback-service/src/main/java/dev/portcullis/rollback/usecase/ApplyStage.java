package dev.portcullis.rollback.usecase;

import dev.portcullis.kit.text.DurationText;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Effect;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import java.time.Duration;
import java.time.Instant;

/**
 * The step that changes a target. It looks first and leaves a target alone that is where it should be. A look that fails does not hold
 * the call back: users are on the bad revision, and applying twice is applying once.
 */
record ApplyStage(Journal journal, Backoff backoff) {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    RunResult attempt(Rollback rollback, RollbackTarget target) {
        var begin = journal.now();
        var step = begun(rollback.currentStep());
        var before = target.observe(journal.assignment(rollback, step.stage()));
        if (before instanceof Restored restored) {
            var done = step.foundDone(before.text(), journal.now());
            return confirming(rollback, target, done, restored.revision(), "found done: " + before.text());
        }
        if (before instanceof OutOfReach) {
            return givenUp(rollback, target, step, before.text());
        }
        if (!journal.now().isBefore(limit(rollback))) {
            return mayLookOn(rollback, begin, before)
                    ? lookedOn(rollback, step, begin, before)
                    : outOfTime(rollback, target, step, before);
        }
        return told(rollback, target, step.trying(before.text()), step.effect());
    }

    /** The time may have ended while this service was down, and the change been made before that: one look that can be read is waited for. */
    private boolean mayLookOn(Rollback rollback, Instant begin, TargetObservation before) {
        var looks = rollback.currentStep().looks();
        var wasDown = looks.time().isPositive() || new Downtime(rollback, begin, backoff.longest()).isOver();
        return before instanceof Unreadable
                && wasDown
                && !rollback.currentStage().optional()
                && Downtime.allows(looks, Duration.ZERO);
    }

    private RunResult lookedOn(Rollback rollback, Step step, Instant begin, TargetObservation before) {
        var looked = step.watched(new Downtime(rollback, begin, LOOK_EVERY).worked(journal.now()));
        var detail = "where the traffic is cannot be seen: " + before.text() + "; looked at for "
                + DurationText.compact(Downtime.grace()) + " more, since the time ended while this service was down";
        var next = journal.write(rollback, looked, RollbackState.RUNNING, detail);
        return RunResult.again(next, next.status().updateTime().plus(LOOK_EVERY));
    }

    private Step begun(Step step) {
        return step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
    }

    private RunResult told(Rollback rollback, RollbackTarget target, Step trying, Effect effect) {
        var detail = "telling " + target.kind() + ", try " + trying.attempts();
        var written = journal.write(rollback, trying, RollbackState.RUNNING, detail);
        var step = written.currentStep();
        return switch (target.apply(journal.assignment(written, step.stage()))) {
            case Accepted accepted ->
                confirming(written, target, accepted(written, accepted.text()), "", accepted.text());
            case Advanced advanced ->
                RunResult.on(journal.write(
                        written, step.tried(advanced.text(), Effect.CHANGED), RollbackState.RUNNING, advanced.text()));
            case Again again -> later(written, again, effect);
            case Refused refused -> refused(written, target, refused, effect);
        };
    }

    /** What a stand-in accepts changes nothing. */
    private Step accepted(Rollback rollback, String text) {
        var step = rollback.currentStep();
        return rollback.origin().mode() == Mode.DRY_RUN
                ? step.tried(text, Effect.NONE).done(text, journal.now())
                : step.doneByChange(text, journal.now());
    }

    /**
     * Counted from the start of the rollback: an order that waited too long may no longer be what people want. What the chain can do
     * without has its time from its own beginning.
     */
    private static Instant limit(Rollback rollback) {
        var start = rollback.currentStage().optional()
                ? rollback.currentStep().startTime().orElse(rollback.status().updateTime())
                : rollback.status().createTime();
        return start.plus(rollback.currentLimits().retryFor());
    }

    /** Word of it is left before this is written down, so that a crash in between leaves it again rather than never. */
    private RunResult confirming(Rollback rollback, RollbackTarget target, Step done, String revision, String detail) {
        var unsaid = target.announce(journal.assignment(rollback, done.stage()), revision);
        var told = unsaid.map(lack -> detail + "; " + lack).orElse(detail);
        return RunResult.on(journal.write(rollback, done, RollbackState.RUNNING, told));
    }

    private RunResult later(Rollback rollback, Again again, Effect before) {
        var known = again.effectUnknown() ? rollback.currentStep().effect() : before;
        var step = rollback.currentStep().tried(again.text(), known);
        var usual = again.soon() ? backoff.soon(step.attempts()) : backoff.after(step.attempts());
        var pause = longer(usual, again.pause());
        var detail = again.text() + "; tried " + DetailText.times(step.attempts()) + ", again in "
                + DurationText.compact(pause);
        var next = journal.write(rollback, step, RollbackState.RUNNING, detail);
        var at = next.status().updateTime().plus(pause);
        return RunResult.again(next, at.isBefore(limit(next)) ? at : limit(next));
    }

    /** A refusal is looked behind: an earlier try whose outcome nobody saw may be what has made this one illegal. */
    private RunResult refused(Rollback rollback, RollbackTarget target, ApplyResult refused, Effect before) {
        var step = rollback.currentStep();
        var seen = target.observe(journal.assignment(rollback, step.stage()));
        var both = refused.text() + "; then seen: " + seen.text();
        return seen instanceof Restored restored
                ? confirming(rollback, target, step.done(both, journal.now()), restored.revision(), both)
                : givenUp(rollback, target, step.tried(both, before), both);
    }

    private RunResult givenUp(Rollback rollback, RollbackTarget target, Step step, String why) {
        var given = step.givenUp(why, journal.now());
        if (rollback.currentStage().optional()) {
            return new SkipStage(journal).after(rollback, given, why);
        }
        var now = rollback.with(given, rollback.state(), why, journal.now());
        if (now.nothingChanged()) {
            var detail = DetailText.sentence(why)
                    + "Nothing was changed; mend what stands in the way and start a new rollback";
            return RunResult.ended(journal.write(rollback, given, RollbackState.FAILED, detail));
        }
        var detail = DetailText.sentence(why) + DetailText.done(now) + "Next: "
                + target.commandToLook(journal.assignment(rollback, step.stage()));
        return RunResult.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
    }

    private RunResult outOfTime(Rollback rollback, RollbackTarget target, Step step, TargetObservation before) {
        var why = target.kind() + " did not accept within "
                + DurationText.compact(rollback.currentLimits().retryFor()) + ": tried "
                + DetailText.times(step.attempts())
                + (step.seenAfter().isEmpty() ? "" : ", last: " + step.seenAfter()) + "; seen now: " + before.text();
        var given = step.givenUp(before.text(), journal.now());
        if (rollback.currentStage().optional()) {
            return new SkipStage(journal).after(rollback, given, why);
        }
        var detail = DetailText.sentence(why) + DetailText.done(rollback) + "Next: "
                + target.commandToApply(journal.assignment(rollback, step.stage()));
        return RunResult.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
