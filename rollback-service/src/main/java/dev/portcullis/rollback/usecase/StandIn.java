package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.TargetSettings;

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
    public Sighting observe(Assignment assignment) {
        var seen = target.observe(assignment);
        return told && !(seen instanceof Sighting.OutOfReach)
                ? new Sighting.Restored("a rehearsal, taken as done; in truth " + seen.text())
                : seen;
    }

    @Override
    public Outcome apply(Assignment assignment) {
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
