package dev.portcullis.kit.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The notes of what was deleted, in the table deleted_record; they are kept as long as the releases that point to the records. Thread-safe. */
public final class DeletedRecords {
    private static final int MOST = 1_000;

    private final Jdbi jdbi;

    public DeletedRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Empty when there was no record of that id, or its deletion was too long ago. */
    public Optional<DeletedRecord> find(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select delete_time, retention from deleted_record where id = :id")
                        .bind("id", id)
                        .map((row, context) -> read(row))
                        .findOne());
    }

    private static DeletedRecord read(ResultSet row) throws SQLException {
        return new DeletedRecord(
                row.getObject("delete_time", OffsetDateTime.class).toInstant(),
                new RetentionPeriod(Optional.of(Period.parse(row.getString("retention")))));
    }

    /** Drops a batch of the oldest notes of before then, and answers how many. */
    int forget(Instant before) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        delete from deleted_record where id in (
                          select id from deleted_record where delete_time < :before order by delete_time limit :most)""")
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bind("most", MOST)
                .execute());
    }
}
