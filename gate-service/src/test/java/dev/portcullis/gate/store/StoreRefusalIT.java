package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL that refuses, for reading and for writing. */
final class StoreRefusalIT {
    private static final ReleaseKey KEY = new ReleaseKey("checkout", "shop", "checkout", "c1", "7");

    private final Database database =
            Database.open(TestDatabase.fresh(), "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresReleases releases =
            new PostgresReleases(database.jdbi(), ReleaseStoreSetup.AUDIT, ReleaseStoreSetup.MESSAGES);

    @AfterEach
    void close() {
        database.close();
    }

    private void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.createScript(sql).execute());
    }

    private void open() {
        releases.open(new ReleaseStart(
                UUID.randomUUID(), KEY, 1, false, "stable", "00-aa-bb-01", Instant.parse("2026-03-01T12:00:00Z")));
    }

    /** Disk full, memory, input and output, administrator, locks, serialization, rights, and what nobody thought of. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "58030", "57014", "55P03", "40001", "40P01", "42501", "XX001", "P0001"})
    void aRefusalIsToldWithItsStateWhateverItIs(String state) {
        database.jdbi().useHandle(handle -> {
            handle.execute("create function gate.refuse() returns trigger language plpgsql as"
                    + " $$ begin raise exception 'no, with hunter2' using errcode = '" + state
                    + "', detail = 'hunter3'; end $$");
            handle.execute(
                    "create trigger refuse before insert on gate.releases for each row execute function gate.refuse()");
        });
        var e = assertThrows(StoreUnavailableException.class, this::open);
        assertEquals("the gate's database refuses: ERROR: no, with hunter2 (SQLSTATE " + state + ")", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "58030", "XX002"})
    void aRefusalToReadIsToldToo(String state) {
        database.jdbi().useHandle(handle -> {
            handle.execute("create function gate.refuse() returns boolean language plpgsql stable as"
                    + " $$ begin raise exception 'no' using errcode = '" + state + "'; end $$");
            handle.execute("alter table gate.releases rename to kept");
            handle.execute("create view gate.releases as select * from gate.kept where gate.refuse()");
        });
        var e = assertThrows(StoreUnavailableException.class, () -> releases.find(KEY));
        assertTrue(e.getMessage().endsWith("(SQLSTATE " + state + ")"), e.getMessage());
    }

    @Test
    void aMissingTableIsTold() {
        execute("alter table gate.releases rename to elsewhere");
        var e = assertThrows(StoreUnavailableException.class, () -> releases.find(KEY));
        assertTrue(e.getMessage().contains("\"releases\" does not exist (SQLSTATE 42P01)"), e.getMessage());
        assertFalse(e.getMessage().contains("select"), "no statement");
    }

    @Test
    void aServerThatTakesNoChangesIsTold() {
        database.jdbi().useHandle(handle -> {
            handle.execute("set default_transaction_read_only = on");
            var narrow = new PostgresReleases(
                    org.jdbi.v3.core.Jdbi.create(handle.getConnection()),
                    ReleaseStoreSetup.AUDIT,
                    ReleaseStoreSetup.MESSAGES);
            var e = assertThrows(
                    StoreUnavailableException.class,
                    () -> narrow.open(new ReleaseStart(
                            UUID.randomUUID(),
                            KEY,
                            1,
                            false,
                            "stable",
                            "00-aa-bb-01",
                            Instant.parse("2026-03-01T12:00:00Z"))));
            assertTrue(e.getMessage().endsWith("(SQLSTATE 25006)"), e.getMessage());
        });
    }

    @Test
    void valuesThatDoNotFitAreAFaultOfOurOwn() {
        execute("alter table gate.releases add constraint never check (false) not valid");
        var e = assertThrows(JdbiException.class, this::open);
        assertTrue(e.getMessage().contains("never"), e.getMessage());
    }
}
