package dev.portcullis.kit.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The records of one service as tables, of which the oldest can be deleted. A record is a row and all that hangs on it, and goes as a whole. Thread-safe, also with
 * other replicas.
 */
final class RetainedRecords {
    /** Time for one batch. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final RetentionStatements statements;

    RetainedRecords(Jdbi jdbi, RetentionStatements statements) {
        this.jdbi = jdbi;
        this.statements = statements;
    }

    List<String> tables() {
        return statements.tables();
    }

    /**
     * Deletes one batch of the oldest records whose time began before then, and notes that they were deleted, in one transaction.
     *
     * @param before as the retention says
     * @param now for the note
     * @return rows deleted by table; all 0 when there is none
     */
    Map<String, Integer> deleteOldest(Instant before, Instant now, RetentionPeriod retention) {
        return jdbi.inTransaction(handle -> {
            allowTime(handle);
            return handle.createQuery(statements.deletion())
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("retention", retention.toString())
                    .bind("records", RetentionStatements.MOST_RECORDS)
                    .bind("rows", RetentionStatements.MANY_ROWS)
                    .map((row, context) -> counts(row))
                    .one();
        });
    }

    /** A record of a hundred thousand rows takes longer than a request may, and nobody waits for it. The pool gives the connection its own limit back. */
    private static void allowTime(Handle handle) {
        try {
            handle.getConnection()
                    .setNetworkTimeout(Runnable::run, (int) LIMIT.plusSeconds(1).toMillis());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        handle.execute("set local statement_timeout = " + LIMIT.toMillis());
    }

    private Map<String, Integer> counts(ResultSet row) throws SQLException {
        var deleted = new TreeMap<String, Integer>();
        for (var table : tables()) {
            deleted.put(table, row.getInt(table));
        }
        return deleted;
    }

    /** When the time of the oldest record began; empty when there is none whose time counts. */
    Optional<Instant> oldest() {
        return jdbi.withHandle(handle -> handle.createQuery(statements.oldest())
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant));
    }
}
