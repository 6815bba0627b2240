package dev.portcullis.kit.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Jdbi;

/** The clock of the database, which all replicas share. Thread-safe. */
final class DatabaseClock implements InstantSource {
    private final Jdbi jdbi;

    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Instant instant() {
        return jdbi.withHandle(handle -> handle.createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }
}
