package dev.portcullis.rollback.rollback;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The port to where rollbacks are kept. Thread-safe; every method is one transaction, and a rollback is read with its steps as of one
 * moment. Faults of the store come out as its own unchecked exceptions: nothing was changed then, or the caller cannot know.
 */
public interface Rollbacks {
    /** Writes a new rollback and its steps down, unless its request id is known or its service has an active one. */
    Admission admit(Rollback planned);

    /**
     * Replaces a rollback by its next version.
     *
     * @throws StaleRollbackException when another version than the one before is kept; nothing is changed
     */
    void replace(Rollback next);

    Optional<Rollback> find(UUID id);

    Optional<Rollback> findByRequest(UUID requestId);

    /**
     * Rollbacks newest first.
     *
     * @param limit how many at most, above zero
     */
    List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit);

    /** All that have not ended, oldest first. */
    List<UUID> active();
}
