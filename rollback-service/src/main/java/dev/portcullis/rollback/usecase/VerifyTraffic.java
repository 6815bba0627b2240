package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.NotRestored;
import dev.portcullis.rollback.plan.Sighting.Restored;
import dev.portcullis.rollback.plan.Sighting.Unreadable;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import java.time.Instant;

/** The step that looks until the old revision has the traffic. A look that fails is repeated like one that shows "not yet". */
record VerifyTraffic(Journal journal) {
    Progress attempt(Rollback rollback, RollbackTarget target) {
        var seen = target.observe(rollback.assignment());
        var step = begun(rollback.currentStep()).looked(seen.text());
        if (seen instanceof Restored) {
            var done = step.done(seen.text(), journal.now());
            return Progress.ended(journal.write(rollback, done, RollbackState.SUCCEEDED, seen.text()));
        }
        var limit = limit(rollback);
        if (!journal.now().isBefore(limit)) {
            return Progress.ended(outOfTime(rollback, step, target, seen));
        }
        var next = journal.write(rollback, step, RollbackState.VERIFYING, waiting(seen));
        var at = next.life().updateTime().plus(rollback.plan().limits().verifyEvery());
        return Progress.again(next, at.isBefore(limit) ? at : limit);
    }

    private Step begun(Step step) {
        return step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
    }

    private static Instant limit(Rollback rollback) {
        var accepted = rollback.step(StepKind.RETURN_TRAFFIC).endTime();
        return accepted.orElseThrow().plus(rollback.plan().limits().verifyFor());
    }

    private static String waiting(Sighting seen) {
        return switch (seen) {
            case Unreadable unreadable -> "where the traffic is cannot be seen: " + unreadable.text();
            case NotRestored not -> "not restored yet: " + not.text();
            case Restored restored -> restored.text();
        };
    }

    private Rollback outOfTime(Rollback rollback, Step step, RollbackTarget target, Sighting seen) {
        var order = rollback.order();
        var told = rollback.step(StepKind.RETURN_TRAFFIC).attempts();
        var detail = "the traffic of " + order.service() + " was not seen back on " + order.to() + " within "
                + Spoken.duration(rollback.plan().limits().verifyFor()) + " after the target accepted: told "
                + Spoken.times(told) + ", looked " + Spoken.times(step.attempts()) + ", last: " + waiting(seen)
                + ". Next: "
                + target.commandToLook(rollback.assignment());
        return journal.write(rollback, step.givenUp(seen.text(), journal.now()), RollbackState.NEEDS_HUMAN, detail);
    }
}
