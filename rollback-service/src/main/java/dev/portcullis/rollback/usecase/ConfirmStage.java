package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.NotRestored;
import dev.portcullis.rollback.plan.Sighting.OutOfReach;
import dev.portcullis.rollback.plan.Sighting.Restored;
import dev.portcullis.rollback.plan.Sighting.Unreadable;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import java.time.Instant;

/** The step that looks until a target is where it should be. A look that fails is repeated like one that shows "not yet". */
record ConfirmStage(Journal journal) {
    Progress attempt(Rollback rollback, RollbackTarget target) {
        var step = begun(rollback.currentStep());
        var seen = target.observe(journal.assignment(rollback, step.stage()));
        var looked = step.looked(seen.text());
        var limit = limit(rollback);
        if (seen instanceof Restored) {
            return Progress.on(restored(rollback, looked.done(seen.text(), journal.now()), seen.text()));
        }
        if (seen instanceof OutOfReach || !journal.now().isBefore(limit)) {
            return givenUp(rollback, looked, target, seen);
        }
        var next = journal.write(rollback, looked, RollbackState.RUNNING, waiting(seen));
        var at = next.life().updateTime().plus(rollback.plan().limits().confirmEvery());
        return Progress.again(next, at.isBefore(limit) ? at : limit);
    }

    private Step begun(Step step) {
        return step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
    }

    private Rollback restored(Rollback rollback, Step done, String seen) {
        var plan = rollback.plan();
        var last = done.stage() == plan.stages().size() - 1;
        var state = last ? RollbackState.VERIFYING : RollbackState.RUNNING;
        return done.stage() == plan.trafficBackAfter()
                ? journal.writeTrafficBack(rollback, done, state, seen)
                : journal.write(rollback, done, state, seen);
    }

    private static Instant limit(Rollback rollback) {
        var accepted =
                rollback.step(rollback.currentStep().stage(), StepKind.APPLY).endTime();
        return accepted.orElseThrow().plus(rollback.currentLimits().confirmFor());
    }

    private static String waiting(Sighting seen) {
        return switch (seen) {
            case Unreadable unreadable -> "where the traffic is cannot be seen: " + unreadable.text();
            case NotRestored not -> "not restored yet: " + not.text();
            case OutOfReach gone -> "out of reach: " + gone.text();
            case Restored restored -> restored.text();
        };
    }

    private Progress givenUp(Rollback rollback, Step step, RollbackTarget target, Sighting seen) {
        var order = rollback.order();
        var told = rollback.step(step.stage(), StepKind.APPLY).attempts();
        var why = target.kind() + " of " + order.service() + " was not seen back on " + order.to() + " within "
                + Spoken.duration(rollback.currentLimits().confirmFor()) + " after it accepted: told "
                + Spoken.times(told) + ", looked " + Spoken.times(step.attempts()) + ", last: " + waiting(seen);
        var given = step.givenUp(seen.text(), journal.now());
        if (rollback.currentStage().optional()) {
            return new GoOnWithout(journal).after(rollback, given, why);
        }
        var detail = Spoken.sentence(why) + Spoken.done(rollback) + "Next: "
                + target.commandToLook(journal.assignment(rollback, step.stage()));
        return Progress.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
    }
}
