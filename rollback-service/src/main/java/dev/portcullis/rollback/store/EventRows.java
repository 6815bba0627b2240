package dev.portcullis.rollback.store;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The lines of records, each within a transaction of its caller's. */
final class EventRows {
    static final String NAMES = "rollback_id, time, by, state, step, detail, seen_before, seen_after";

    /** All but the first of {@link #NAMES}. */
    static final String VALUES =
            "cast(:lineTime as timestamptz), :by, :lineState, :step, :line, :seenBefore, :seenAfter";

    /** To be bound where no line is written. */
    static final RollbackEvent NONE = new RollbackEvent(Instant.EPOCH, "", RollbackState.PLANNED, "", "", "", "");

    private EventRows() {}

    static void add(Handle handle, UUID rollback, RollbackEvent event) {
        try (var update =
                handle.createUpdate("insert into rollback_event (%s) values (:id, %s)".formatted(NAMES, VALUES))) {
            bind(update.bind("id", rollback), event).execute();
        }
    }

    static <T extends SqlStatement<T>> T bind(T statement, RollbackEvent event) {
        return statement
                .bind("lineTime", TimeColumns.utc(event.time()))
                .bind("by", event.by())
                .bind("lineState", event.state().name())
                .bind("step", event.step())
                .bind("line", PlainText.of(event.detail()))
                .bind("seenBefore", PlainText.of(event.seenBefore()))
                .bind("seenAfter", PlainText.of(event.seenAfter()));
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
