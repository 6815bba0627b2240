package dev.portcullis.gate.rollback;

/** rollback-service. Thread-safe. */
public interface Rollbacks {
    /** Has an order carried out; may be repeated, the decision id makes it one rollback. Ends within about a second and never throws for what the other side does. */
    OrderOutcome start(RollbackOrder order);
}
