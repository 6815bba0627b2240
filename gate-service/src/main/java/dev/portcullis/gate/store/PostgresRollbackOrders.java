package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.RollbackWatch;
import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackOrders;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The rollback orders in PostgreSQL. Thread-safe. */
public final class PostgresRollbackOrders implements RollbackOrders {
    private static final String TAKE = """
            update rollback_orders o set next_try = :next
            from releases r
            where r.id = o.release_id
              and o.release_id in (select release_id from rollback_orders where state = 'PENDING' and next_try <= :now
                                   order by next_try limit :limit for update skip locked)
            returning o.*, r.service""";

    private static final String SETTLE = """
            update rollback_orders set state = :state, rollback = :rollback, detail = :detail, next_try = :next
            where release_id = :release and state = 'PENDING'""";

    private final Sql sql;
    private final AuditRecorder audit;
    private final MessageRecorder messages;
    private final Clock clock;

    /**
     * The orders of a database.
     *
     * @param audit records what became of each order in the transaction that writes it
     * @param messages writes down whom to tell of one that was refused, in the same transaction
     */
    public PostgresRollbackOrders(Jdbi jdbi, AuditRecorder audit, MessageRecorder messages, Clock clock) {
        this.sql = new Sql(jdbi);
        this.audit = audit;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public List<RollbackOrder> take(Instant now, Instant next, int limit) {
        return sql.read(handle -> handle.createQuery(TAKE)
                .bind("now", now)
                .bind("next", next)
                .bind("limit", limit)
                .map(PostgresRollbackOrders::read)
                .list());
    }

    private static RollbackOrder read(ResultSet row, StatementContext context) throws SQLException {
        var release = row.getObject("release_id", UUID.class);
        var service = row.getString("service");
        return new RollbackOrder(
                release,
                row.getObject("decision_id", UUID.class),
                service,
                "services/" + service + "/releases/" + release,
                row.getString("from_revision"),
                row.getString("to_revision"),
                row.getString("reason"),
                row.getString("traceparent"),
                row.getString("token"),
                ReleaseRows.caller(row.getString("caller")));
    }

    @Override
    public String keepToken(RollbackOrder order, String token) {
        return sql.read(handle -> handle.createQuery("""
                        update rollback_orders set token = case when token = '' then :token else token end
                        where release_id = :release returning token""")
                .bind("release", order.releaseId())
                .bind("token", token)
                .mapTo(String.class)
                .one());
    }

    @Override
    public void dropToken(RollbackOrder order) {
        sql.read(handle -> handle.createUpdate(
                        "update rollback_orders set token = '' where release_id = :release and token = :token")
                .bind("release", order.releaseId())
                .bind("token", order.token())
                .execute());
    }

    @Override
    public void settle(RollbackOrder order, OrderOutcome outcome, Instant next) {
        switch (outcome) {
            case OrderOutcome.Started started -> settle(order, "STARTED", started.rollback(), "", next);
            case OrderOutcome.Refused refused -> settle(order, "REFUSED", "", refused.detail(), next);
            case OrderOutcome.Postponed postponed -> settle(order, "PENDING", "", postponed.detail(), next);
            case OrderOutcome.Outdated outdated -> settle(order, "PENDING", "", outdated.detail(), next);
        }
    }

    private void settle(RollbackOrder order, String state, String rollback, String detail, Instant next) {
        sql.write(handle -> {
            var settled = handle.createUpdate(SETTLE)
                    .bind("release", order.releaseId())
                    .bind("state", state)
                    .bind("rollback", rollback)
                    .bind("detail", PlainText.of(detail))
                    .bind("next", next)
                    .execute();
            if (settled > 0 && !state.equals("PENDING")) {
                audit.record(handle, entry(order, rollback, detail));
                watch(handle, order, rollback, detail);
            }
            return settled;
        });
    }

    /** Of one that was started it is told how it ends; of one that was refused at once that there will be none. */
    private void watch(Handle handle, RollbackOrder order, String rollback, String refusal) {
        var now = clock.instant();
        if (!rollback.isEmpty()) {
            PostgresRollbackWatches.begin(handle, order, rollback, "", now);
            return;
        }
        PostgresRollbackWatches.begin(handle, order, "", RollbackWatch.REFUSED, now);
        ReleaseRows.find(handle, order.releaseId())
                .map(release -> PostgresRollbackWatches.news(
                        release, MessageEvent.ROLLBACK_REFUSED, "", PlainText.of(refusal), now))
                .ifPresent(news -> messages.record(handle, news));
    }

    private AuditEntry entry(RollbackOrder order, String rollback, String refusal) {
        return new AuditEntry(
                clock.instant(),
                AuditAction.ORDER_ROLLBACK,
                AuditActor.service(Origin.GATE),
                Optional.of(order.service()),
                Optional.of(order.release()),
                rollback.isEmpty() ? AuditEntry.Outcome.DENIED : AuditEntry.Outcome.SUCCESS,
                rollback.isEmpty() ? refusal : order.reason(),
                Map.of(
                        "decision",
                        order.release() + "/decisions/" + order.decisionId(),
                        "rollback",
                        Map.of("name", rollback, "from", order.from(), "to", order.to())));
    }
}
