package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/**
 * What a rehearsal acts on in place of a target: it looks at the real one and never changes it.
 *
 * @param told whether it has been applied and so counts as restored
 */
record DryRunTarget(RollbackTarget target, boolean told) implements RollbackTarget {
    @Override
    public String kind() {
        return target.kind();
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        return target.prepare(order, configured);
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        return target.rights(settings);
    }

    /** What is where it should be is no reason not to find out that a rollback would be refused. */
    @Override
    public TargetObservation observe(Assignment assignment) {
        var seen = target.observe(assignment);
        if (told && !(seen instanceof TargetObservation.OutOfReach)) {
            return new TargetObservation.Restored("a rehearsal, taken as done; in truth " + seen.text());
        }
        return seen instanceof TargetObservation.Restored
                        && rightsFor(assignment).isMissing()
                ? new TargetObservation.NotRestored(seen.text() + "; rehearsed all the same")
                : seen;
    }

    private Rights rightsFor(Assignment assignment) {
        return new Rights(target.rights(assignment.target()));
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var rights = rightsFor(assignment);
        if (rights.isMissing()) {
            return new ApplyResult.Refused("a rehearsal, nothing was done: " + rights.missing());
        }
        return new ApplyResult.Accepted(
                "a rehearsal, nothing was done; it would be: " + target.commandToApply(assignment));
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return target.commandToApply(assignment);
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return target.commandToLook(assignment);
    }
}
