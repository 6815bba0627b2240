package dev.portcullis.rollback.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The port to where rollbacks are kept. Thread-safe; every method is one transaction, and a rollback is read with its steps as of one
 * moment. Faults of the store come out as its own unchecked exceptions: nothing was changed then, or the caller cannot know.
 */
public interface Rollbacks {
    /**
     * Writes a new rollback and its steps down and holds its targets, unless its token is used, or its service or one of its targets has
     * an active rollback. Drills and rollbacks do not stand in each other's way.
     */
    Admission admit(Rollback planned);

    /**
     * Takes the right to work on an active rollback.
     *
     * @param holder unlike every other run of any replica
     * @return empty when another holder's lease has not run out, or the rollback has ended
     */
    Optional<Lease> take(UUID id, String holder);

    /** Gives the right back before it runs out; of no effect when somebody else has it. */
    void giveBack(UUID id, Lease lease);

    /**
     * Replaces a rollback by its next version, adds a line to its record, renews the lease and, at the end, lets go of its targets.
     *
     * @param line empty when nothing worth a line has changed
     * @return the next version with the wish to end it, if one has been written by then
     * @throws StaleRollbackException when another version than the one before is kept, or somebody else has the lease; nothing is changed
     */
    Rollback replace(Rollback next, Lease lease, Optional<RollbackEvent> line);

    /**
     * Writes the wish to end a rollback down, once, with a line in its record. Of no effect when there is one, or it has ended.
     *
     * @return the rollback after that; empty when there is none
     */
    Optional<Rollback> cancel(UUID id, Cancellation cancellation);

    Optional<Rollback> find(UUID id);

    Optional<Rollback> findByToken(UUID token);

    /** The active rollback of a service or on one of these targets that would keep a new one from being admitted. */
    Optional<Admission> inTheWay(Rollback planned);

    /**
     * Rollbacks newest first.
     *
     * @param limit how many at most, above zero
     */
    List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit);

    /** The record of a rollback, oldest line first. */
    List<RollbackEvent> events(UUID id);

    /** All that have not ended, oldest first. */
    List<UUID> active();

    /** Those of them that somebody wants to end. */
    List<UUID> toBeCancelled();
}
