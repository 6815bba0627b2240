package dev.portcullis.gate.rollback;

import java.util.Optional;

/** rollback-service. Thread-safe; never throws for what the other side does. */
public interface Rollbacks {
    /**
     * Has an order carried out, from the look at its targets on; may be repeated, its decision makes it one rollback. Takes as long as the targets take, half a
     * minute at most.
     *
     * @return empty when rollback-service is of a version that has to be asked to prepare it first
     */
    Optional<OrderOutcome> order(RollbackOrder order);

    /** Has what an order would do looked at and pinned; changes nothing. Takes as long as the targets take, half a minute at most. */
    OrderPreparation prepare(RollbackOrder order);

    /** Has a prepared order carried out; may be repeated, its token makes it one rollback. Ends within about a second. */
    OrderOutcome start(RollbackOrder order);
}
