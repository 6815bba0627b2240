package dev.portcullis.gate.rollback;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The rollback orders of the store, whose releases are told when their rollback changes. Thread-safe. */
public final class RememberedRollbackOrders implements RollbackOrders {
    private final RollbackOrders store;
    private final Consumer<UUID> changed;

    /** @param changed is told the release of which readers see something else now */
    public RememberedRollbackOrders(RollbackOrders store, Consumer<UUID> changed) {
        this.store = store;
        this.changed = changed;
    }

    @Override
    public List<RollbackOrder> take(Instant now, Instant next, int limit) {
        return store.take(now, next, limit);
    }

    @Override
    public String keepToken(RollbackOrder order, String token) {
        return store.keepToken(order, token);
    }

    @Override
    public void dropToken(RollbackOrder order) {
        store.dropToken(order);
    }

    @Override
    public void settle(RollbackOrder order, OrderOutcome outcome, Instant next) {
        store.settle(order, outcome, next);
        changed.accept(order.releaseId());
    }
}
