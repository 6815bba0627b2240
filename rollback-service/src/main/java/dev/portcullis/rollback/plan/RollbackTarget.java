package dev.portcullis.rollback.plan;

import java.util.List;
import java.util.Optional;

/**
 * The port to whatever decides which revision users get. Thread-safe; methods block for a bounded time and do not throw for anything
 * the outside does: faults are part of their answers. No answer's text holds a secret.
 *
 * <p>A target is driven by what is seen, not by what was done: it is looked at, changed by one step, and looked at again. Applying an
 * assignment twice has the effect of applying it once, also when the first try's outcome stayed unknown, and also when a replica that
 * was paused does so late: changes are guarded by what was seen (a resource version, an idempotency key).
 */
public interface RollbackTarget {
    /** The kind of target it serves, as in {@link TargetSettings#kind()}. */
    String kind();

    /** Looks at the target and pins down what exactly a rollback would do; changes nothing. */
    Readiness prepare(RollbackOrder order, TargetSettings configured);

    /**
     * Asks for what a rollback takes whether the account is allowed it; changes nothing.
     *
     * @param settings as configured or pinned
     * @return empty where nobody can be asked
     */
    default List<Right> rights(TargetSettings settings) {
        return List.of();
    }

    /** Looks where the target is; changes nothing. */
    TargetObservation observe(Assignment assignment);

    /** Makes at most one change at the target; does not wait until it has taken effect. */
    ApplyResult apply(Assignment assignment);

    /**
     * Leaves word of the rollback at the target, where people look for the why; done once the target has nothing left to be told, once more when the revision that
     * then has the traffic goes by another name than was ordered, and perhaps again after a crash. Nothing depends on it: it changes nothing that users get, and
     * failing is no fault of the rollback.
     *
     * @param revision the revision that has the traffic, as {@link TargetObservation.Restored#revision()} tells it; empty while that is not known
     * @return what could not be written, and why; empty when all was, and of targets where there is no place for it
     */
    default Optional<String> announce(Assignment assignment, String revision) {
        return Optional.empty();
    }

    /** The command by which a person does what {@link #apply} does. */
    String commandToApply(Assignment assignment);

    /** The command by which a person looks where the target is. */
    String commandToLook(Assignment assignment);
}
