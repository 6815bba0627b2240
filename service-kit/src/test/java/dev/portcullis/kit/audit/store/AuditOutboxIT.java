package dev.portcullis.kit.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.retention.RetentionStatements;
import dev.portcullis.kit.testing.ManualRetention;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuditOutboxIT {
    private final Database database =
            Database.open(TestDatabase.empty(), "rollback", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final AuditOutbox outbox = TestOutbox.of(database, "rollback");

    @AfterEach
    void close() {
        database.close();
    }

    private static AuditEntry entry(int number) {
        return AuditEntry.done(
                Instant.EPOCH,
                AuditAction.CANCEL_ROLLBACK,
                AuditActor.declared("alice"),
                "rollbacks/" + number,
                "why",
                Map.of());
    }

    @Test
    void entriesWaitUntilTheLogHasThem() {
        assertEquals(new AuditOutbox.Backlog(0, Duration.ZERO, false), outbox.backlog());
        for (var i = 0; i < 5; i++) {
            outbox.record(entry(i));
        }
        var first = outbox.handOver(List.of(), 3);
        assertEquals(3, first.size());
        assertTrue(
                first.getFirst().body().contains("\"id\":\"" + first.getFirst().id() + "\""));
        assertTrue(first.getFirst().body().contains("\"object\":\"rollbacks/0\""));
        assertEquals(first, outbox.handOver(List.of(), 3), "nobody has said to have them");
        assertFalse(outbox.backlog().fetched());
        var recorded = first.stream().map(AuditOutbox.Waiting::id).toList();
        assertEquals(2, outbox.handOver(recorded, 3).size());
        assertEquals(2, outbox.handOver(recorded, 3).size(), "said twice");
        assertEquals(2, outbox.backlog().entries());
        assertTrue(outbox.backlog().fetched());
        outbox.handOver(
                outbox.handOver(List.of(), 3).stream()
                        .map(AuditOutbox.Waiting::id)
                        .toList(),
                3);
        assertEquals(new AuditOutbox.Backlog(0, Duration.ZERO, true), outbox.backlog());
    }

    @Test
    void anEntryIsNotThereWithoutWhatItTells() {
        assertThrows(IllegalStateException.class, () -> database.jdbi().useTransaction(handle -> {
            outbox.record(handle, entry(1));
            throw new IllegalStateException("the action fails");
        }));
        assertEquals(List.of(), outbox.handOver(List.of(), 3));
    }

    @Test
    void nobodyChangesWhatWasWritten() {
        outbox.record(entry(1));
        for (var statement :
                List.of("update audit_outbox set body = '{}'", "delete from audit_outbox", "truncate audit_outbox")) {
            assertTrue(refused(statement).contains("the audit log is never changed"), statement);
        }
    }

    private String refused(String statement) {
        return String.valueOf(
                assertThrows(JdbiException.class, () -> database.jdbi().useHandle(handle -> handle.execute(statement)))
                        .getMessage());
    }

    /** An outbox that says of itself that nothing was ever fetched would not tell of a log that fetches no longer. */
    @Test
    void whatTheLogHasGoesAfterAWeekButTheNewest() {
        var old = Stream.generate(() -> written("8 days")).limit(3).toList();
        var younger = written("6 days");
        outbox.handOver(Stream.concat(old.stream(), Stream.of(younger)).toList(), 1);
        var waiting = written("30 days");
        var retention = retention();

        retention.pass(Period.ofDays(6));
        assertEquals(List.of(old.get(0), old.get(1), old.get(2), younger, waiting), kept(), "the clock is new");
        retention.pass(Period.ofDays(2));
        assertEquals(List.of(younger, waiting), kept());
        assertEquals(3, retention.deleted("audit_outbox"));

        var newest = written("8 days");
        outbox.handOver(List.of(newest), 1);
        retention.pass(Period.ofDays(1));
        assertEquals(List.of(younger, waiting, newest), kept());
        assertEquals(1, outbox.backlog().entries());
        assertTrue(outbox.backlog().fetched());
    }

    private ManualRetention retention() {
        database.jdbi().useHandle(handle -> handle.execute("create table thing (id uuid)"));
        var retention = new ManualRetention(
                database,
                new RetentionStatements(
                        List.of("thing"),
                        "select null::timestamptz where false",
                        "select 0 as thing from (values (:before, :now, :retention, :records, :rows)) unused"),
                "P13M");
        retention.deleteAll();
        return retention;
    }

    private UUID written(String ago) {
        var id = UUID.randomUUID();
        database.jdbi()
                .useTransaction(handle -> handle.execute(
                        "with entry as (insert into audit_outbox (written_at, body) values (clock_timestamp() - cast(?"
                                + " as interval), ?) returning number) insert into audit_waiting (number) select number"
                                + " from entry",
                        ago,
                        "{\"id\":\"" + id + "\"}"));
        return id;
    }

    private List<UUID> kept() {
        return database.jdbi().withHandle(handle -> handle.createQuery("select id from audit_outbox order by number")
                .mapTo(UUID.class)
                .list());
    }

    @Test
    void nothingGoesThatTheLogDoesNotHaveOrThatIsYoung() {
        outbox.handOver(List.of(written("6 days")), 1);
        var deletion = "delete from audit_outbox";
        assertTrue(refused(deletion).contains("delete of"), "young");
        written("30 days");
        assertTrue(
                refused(deletion + " where written_at < now() - interval '8 days'")
                        .contains("delete of"),
                "waiting");
    }
}
