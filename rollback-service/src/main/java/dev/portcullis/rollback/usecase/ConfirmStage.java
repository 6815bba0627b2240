package dev.portcullis.rollback.usecase;

import dev.portcullis.kit.text.DurationText;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetObservation.Unreadable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The step that looks until a target is where it should be. A look that fails is repeated like one that shows "not yet". The time in which nobody looked, since
 * this service was down, is no part of the time it has.
 */
record ConfirmStage(Journal journal) {
    RunResult attempt(Rollback rollback, RollbackTarget target) {
        var downtime =
                new Downtime(rollback, journal.now(), rollback.plan().limits().confirmEvery());
        var step = begun(rollback.currentStep());
        var seen = target.observe(journal.assignment(rollback, step.stage()));
        var looked = step.looked(seen.text()).watched(downtime.worked(journal.now()));
        if (seen instanceof Restored restored) {
            var done = looked.serving(restored.revision()).done(seen.text(), journal.now());
            return RunResult.on(restored(rollback, done, renamed(rollback, target, restored)));
        }
        if (seen instanceof OutOfReach || isOver(rollback, looked, seen)) {
            return givenUp(rollback, looked, target, seen);
        }
        var next = journal.write(rollback, looked, RollbackState.RUNNING, waiting(seen));
        return RunResult.again(next, next.status().updateTime().plus(pause(rollback, looked)));
    }

    /** When there was a downtime, it is looked on for some time more until one look can be read. */
    private boolean isOver(Rollback rollback, Step looked, TargetObservation seen) {
        var limit = rollback.currentLimits().confirmFor();
        if (looked.looks().time().compareTo(limit) < 0) {
            return false;
        }
        var mayLookOn = seen instanceof Unreadable && !down(rollback, looked).isZero();
        return !(mayLookOn && Downtime.allows(looked.looks(), limit));
    }

    private static Duration pause(Rollback rollback, Step looked) {
        var left = rollback.currentLimits().confirmFor().minus(looked.looks().time());
        var every = rollback.plan().limits().confirmEvery();
        return left.isPositive() && left.compareTo(every) < 0 ? left : every;
    }

    /** How much of the time since the target accepted nobody looked, in whole seconds. */
    private Duration down(Rollback rollback, Step looked) {
        var accepted = rollback.step(looked.stage(), StepKind.APPLY).endTime().orElseThrow();
        var unseen =
                Duration.between(accepted, journal.now()).minus(looked.looks().time());
        return unseen.isNegative() ? Duration.ZERO : unseen.truncatedTo(ChronoUnit.SECONDS);
    }

    private Step begun(Step step) {
        return step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
    }

    /** Word was left when nobody knew yet that the restored pods would get another name: it is left again with that, and what was seen is told. */
    private String renamed(Rollback rollback, RollbackTarget target, Restored restored) {
        var revision = restored.revision();
        if (revision.isEmpty() || revision.equals(rollback.order().to())) {
            return restored.text();
        }
        var assignment = journal.assignment(rollback, rollback.currentStep().stage());
        return target.announce(assignment, revision)
                .map(lack -> restored.text() + "; " + lack)
                .orElse(restored.text());
    }

    private Rollback restored(Rollback rollback, Step done, String detail) {
        var plan = rollback.plan();
        var last = done.stage() == plan.stages().size() - 1;
        var state = last ? RollbackState.VERIFYING : RollbackState.RUNNING;
        return done.stage() == plan.trafficBackAfter()
                ? journal.writeTrafficBack(rollback, done, state, detail)
                : journal.write(rollback, done, state, detail);
    }

    private static String waiting(TargetObservation seen) {
        return switch (seen) {
            case Unreadable unreadable -> "where the traffic is cannot be seen: " + unreadable.text();
            case NotRestored not -> "not restored yet: " + not.text();
            case OutOfReach gone -> "out of reach: " + gone.text();
            case Restored restored -> restored.text();
        };
    }

    private String leftOut(Rollback rollback, Step step) {
        var down = down(rollback, step);
        return down.isZero() ? "" : " (without the " + DurationText.compact(down) + " in which this service was down)";
    }

    private RunResult givenUp(Rollback rollback, Step step, RollbackTarget target, TargetObservation seen) {
        var order = rollback.order();
        var told = rollback.step(step.stage(), StepKind.APPLY).attempts();
        var why = target.kind() + " of " + order.service() + " was not seen back on " + order.to() + " within "
                + DurationText.compact(rollback.currentLimits().confirmFor()) + " after it accepted"
                + leftOut(rollback, step)
                + ": told "
                + DetailText.times(told) + ", looked " + DetailText.times(step.attempts()) + ", last: " + waiting(seen);
        var given = step.givenUp(seen.text(), journal.now());
        if (rollback.currentStage().optional()) {
            return new SkipStage(journal).after(rollback, given, why);
        }
        var detail = DetailText.sentence(why) + DetailText.done(rollback) + "Next: "
                + target.commandToLook(journal.assignment(rollback, step.stage()));
        return RunResult.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
    }
}
