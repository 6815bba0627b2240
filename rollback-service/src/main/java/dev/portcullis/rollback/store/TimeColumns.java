package dev.portcullis.rollback.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Moments on their way into the database and back. */
final class TimeColumns {
    private TimeColumns() {}

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static <T extends SqlStatement<T>> T bind(T statement, String name, Optional<Instant> time) {
        return time.map(instant -> statement.bind(name, utc(instant)))
                .orElseGet(() -> statement.bindNull(name, Types.TIMESTAMP_WITH_TIMEZONE));
    }

    /** A column that is never null. */
    static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
