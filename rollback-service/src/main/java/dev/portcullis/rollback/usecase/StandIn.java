package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/**
 * What a rehearsal acts on in place of a target: it looks at the real one and never changes it.
 *
 * @param told whether it has been applied and so counts as restored
 */
record StandIn(RollbackTarget target, boolean told) implements RollbackTarget {
    @Override
    public String kind() {
        return target.kind();
    }

    @Override
    public Readiness prepare(ReturnOrder order, TargetSettings configured) {
        return target.prepare(order, configured);
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        return target.rights(settings);
    }

    /** What is where it should be is no reason not to find out that a rollback would be refused. */
    @Override
    public Sighting observe(Assignment assignment) {
        var seen = target.observe(assignment);
        if (told && !(seen instanceof Sighting.OutOfReach)) {
            return new Sighting.Restored("a rehearsal, taken as done; in truth " + seen.text());
        }
        return seen instanceof Sighting.Restored && rightsFor(assignment).isMissing()
                ? new Sighting.NotRestored(seen.text() + "; rehearsed all the same")
                : seen;
    }

    private Rights rightsFor(Assignment assignment) {
        return new Rights(target.rights(assignment.target()));
    }

    @Override
    public Outcome apply(Assignment assignment) {
        var rights = rightsFor(assignment);
        if (rights.isMissing()) {
            return new Outcome.Refused("a rehearsal, nothing was done: " + rights.missing());
        }
        return new Outcome.Accepted("a rehearsal, nothing was done; it would be: " + target.commandToApply(assignment));
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
