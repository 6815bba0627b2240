package dev.portcullis.kit.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
            var refused = assertThrows(
                    JdbiException.class, () -> database.jdbi().useHandle(handle -> handle.execute(statement)));
            assertTrue(String.valueOf(refused.getMessage()).contains("the audit log is never changed"), statement);
        }
    }
}
