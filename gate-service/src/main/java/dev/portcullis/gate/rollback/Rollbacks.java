package dev.portcullis.gate.rollback;

/** rollback-service. Thread-safe; never throws for what the other side does. */
public interface Rollbacks {
    /** Has what an order would do looked at and pinned; changes nothing. Takes as long as the targets take, half a minute at most. */
    OrderPreparation prepare(RollbackOrder order);

    /** Has a prepared order carried out; may be repeated, its token makes it one rollback. Ends within about a second. */
    OrderOutcome start(RollbackOrder order);
}
