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

    /**
     * Keeps the token of an order's preparation, so that whoever tries next starts the same rollback.
     *
     * @return the token kept: another one, when somebody else was first
     */
    String keepToken(RollbackOrder order, String token);

    /** Forgets an order's token, which is out of date, if it is still the one kept. */
    void dropToken(RollbackOrder order);

    /**
     * Notes what came of an order; after a postponement it stays pending.
     *
     * @param next when it is due again, if it is
     */
    void settle(RollbackOrder order, OrderOutcome outcome, Instant next);
}
