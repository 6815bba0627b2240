package dev.portcullis.rollback.store;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The lines of records, each within a transaction of its caller's. */
final class EventRows {
    private EventRows() {}

    static void add(Handle handle, UUID rollback, RollbackEvent event) {
        try (var update = handle.createUpdate("""
                insert into rollback_event (rollback_id, time, by, state, step, detail, seen_before, seen_after)
                values (:id, :time, :by, :state, :step, :detail, :seenBefore, :seenAfter)""")) {
            update.bind("id", rollback)
                    .bind("time", TimeColumns.utc(event.time()))
                    .bind("by", event.by())
                    .bind("state", event.state().name())
                    .bind("step", event.step())
                    .bind("detail", PlainText.of(event.detail()))
                    .bind("seenBefore", PlainText.of(event.seenBefore()))
                    .bind("seenAfter", PlainText.of(event.seenAfter()))
                    .execute();
        }
    }

    static List<RollbackEvent> of(Handle handle, UUID rollback) {
        try (var query = handle.createQuery("select * from rollback_event where rollback_id = :id order by position")) {
            return query.bind("id", rollback).map(EventRows::read).list();
        }
    }

    private static RollbackEvent read(ResultSet row, StatementContext context) throws SQLException {
        return new RollbackEvent(
                TimeColumns.required(row, "time"),
                row.getString("by"),
                RollbackState.valueOf(row.getString("state")),
                row.getString("step"),
                row.getString("detail"),
                row.getString("seen_before"),
                row.getString("seen_after"));
    }
}
