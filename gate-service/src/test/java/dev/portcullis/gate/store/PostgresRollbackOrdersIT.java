package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.rollback.OrderOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders of rollbacks as they are taken and settled. */
final class PostgresRollbackOrdersIT extends ReleaseStoreSetup {
    @Test
    void anOrderIsTakenUntilItIsSettled() {
        var release = open("ordered", "c1");
        var abort = Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "bad".repeat(1000));
        var changed = releases.change(
                        release.id(),
                        current -> Optional.of(current.decidedByPerson(abort, Optional.empty(), origin())))
                .orElseThrow();
        var order = changed.order().orElseThrow();
        assertEquals(1000, order.reason().length());
        assertTrue(orders.take(NOW, NOW.plusSeconds(5), 10).isEmpty(), "the first try is the decider's");

        var later = NOW.plusSeconds(10);
        assertEquals(List.of(order), orders.take(later, later.plusSeconds(5), 10));
        assertTrue(orders.take(later, later.plusSeconds(5), 10).isEmpty());
        assertEquals("t1", orders.keepToken(order, "t1"));
        assertEquals("t1", orders.keepToken(order, "t2"), "whoever was first");
        orders.dropToken(order.prepared("t2"));
        assertEquals("t1", orders.keepToken(order, "t3"));
        orders.dropToken(order.prepared("t1"));
        assertEquals("t4", orders.keepToken(order, "t4"));
        orders.settle(order, new OrderOutcome.Postponed("busy"), later.plusSeconds(5));
        assertEquals(
                "busy", releases.find(release.id()).orElseThrow().rollback().detail());

        assertTrue(orders.take(later.plusSeconds(4), later.plusSeconds(10), 10).isEmpty());
        assertEquals(List.of(order.prepared("t4")), orders.take(later.plusSeconds(5), later.plusSeconds(10), 10));
        orders.settle(order, new OrderOutcome.Started("rollbacks/1"), later);
        orders.settle(order, new OrderOutcome.Postponed("too late"), later);
        var note = releases.find(release.id()).orElseThrow().rollback();
        assertEquals("rollbacks/1", note.rollback());
        assertEquals("", note.detail());
        assertTrue(
                orders.take(later.plusSeconds(100), later.plusSeconds(200), 10).isEmpty());
    }
}
