package dev.portcullis.gate.rollback;

import java.time.Instant;
import java.util.List;

/** The rollback orders not yet settled, kept durably since the decision that gave them. Thread-safe. */
public interface RollbackOrders {
    /**
     * Takes pending orders whose time has come and puts their next time off, so that no other replica takes them meanwhile.
     *
     * @param next when they are due again unless settled
     * @param limit at most so many
     */
    List<RollbackOrder> take(Instant now, Instant next, int limit);

    /** Notes what came of an order; after a postponement it stays pending. */
    void settle(RollbackOrder order, OrderOutcome outcome);
}
