package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A target whose own faults count as faults of the way to it, so that a rollback with a broken target still ends at its limits. */
record GuardedTarget(RollbackTarget target) implements RollbackTarget {
    @Override
    public String kind() {
        return target.kind();
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        try {
            return target.prepare(order, configured);
        } catch (RuntimeException e) {
            return new Readiness.Unreachable(fault(e));
        }
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        try {
            return target.rights(settings);
        } catch (RuntimeException e) {
            return List.of(new Right("change " + settings.identity(), "", Right.Answer.NOT_ASKED, fault(e)));
        }
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        try {
            return target.observe(assignment);
        } catch (RuntimeException e) {
            return new TargetObservation.Unreadable(fault(e));
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        try {
            return target.apply(assignment);
        } catch (RuntimeException e) {
            return new ApplyResult.Again(fault(e), Duration.ZERO, true);
        }
    }

    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        try {
            return target.announce(assignment, revision);
        } catch (RuntimeException e) {
            return Optional.of("no word of it was left: " + fault(e));
        }
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return target.commandToApply(assignment);
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return target.commandToLook(assignment);
    }

    /** The class alone: nobody knows what an unforeseen message holds. */
    private String fault(RuntimeException e) {
        return "the target '" + kind() + "' failed by a fault of this service: "
                + e.getClass().getSimpleName();
    }
}
