package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionPeriod;
import dev.portcullis.kit.retention.RetentionStatements;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The retention of a database by a clock that a test turns. It begins at the present, for the database itself writes the time when something ends. Not thread-safe. */
public final class ManualRetention implements InstantSource {
    private static final Duration DAYS = Duration.ofDays(6);

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Retention retention;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** @param period how long records are kept, e.g. "P13M"; that they were deleted is known for P7Y */
    public ManualRetention(Database database, RetentionStatements statements, String period) {
        retention = new Retention(
                database,
                statements,
                RetentionPeriod.read("PORTCULLIS_RETENTION", period),
                RetentionPeriod.read("PORTCULLIS_AUDIT_RETENTION", "P7Y"),
                meters,
                this);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Time goes by, and twice a week or so old records are deleted. */
    public void pass(Period period) {
        var end = now.atOffset(ZoneOffset.UTC).plus(period).toInstant();
        while (now.isBefore(end)) {
            now = now.plus(DAYS).isBefore(end) ? now.plus(DAYS) : end;
            deleteAll();
        }
    }

    /** The clock is set to another time at once. */
    public void set(Instant time) {
        now = time;
    }

    /** Deletes until there is nothing left to delete, and answers in how many batches. */
    public int deleteAll() {
        var batches = 0;
        while (retention.deleteBatch()) {
            batches++;
        }
        return batches;
    }

    /** Rows deleted of a table, as the metrics tell. */
    public int deleted(String table) {
        return (int) meters.get("portcullis.retention.deleted.rows")
                .tag("table", table)
                .counter()
                .count();
    }
}
