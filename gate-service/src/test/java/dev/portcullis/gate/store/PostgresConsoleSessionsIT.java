package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.session.ConsoleSession;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.IdentityClaims;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sessions as they are kept, and what the audit log is told of them. */
final class PostgresConsoleSessionsIT extends ReleaseStoreSetup {
    private static final AuditActor ANN = new AuditActor("JWT", "https://login.example", "ann", "ann@shop.example");
    private static final Random RANDOM = new Random();

    private final PostgresConsoleSessions sessions = new PostgresConsoleSessions(database.jdbi(), AUDIT);

    private static ConsoleSession session(Instant created, Instant used) {
        var person = new IdentityClaims("https://login.example", "ann", "{\"sub\":\"ann\",\"a\":\"\\u0000 \\\"\"}");
        return new ConsoleSession(UUID.randomUUID(), person, created, used);
    }

    private byte[] added(ConsoleSession session) {
        var hash = new byte[32];
        RANDOM.nextBytes(hash);
        sessions.add(session, hash, ANN);
        return hash;
    }

    private static List<String> entries(ConsoleSession session) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select action || ' ' || body from audit.entries where object = :object order by id")
                .bind("object", session.name())
                .mapTo(String.class)
                .list());
    }

    @Test
    void aSessionIsFoundAsItWasMadeUntilItIsEnded() {
        var made = session(NOW, NOW);
        var hash = added(made);
        assertEquals(Optional.of(made), sessions.find(hash));
        assertEquals(Optional.empty(), sessions.find(new byte[32]));
        sessions.end(made, NOW, ANN);
        sessions.end(made, NOW, ANN);
        assertEquals(Optional.empty(), sessions.find(hash));
        var entries = entries(made);
        assertEquals(2, entries.size(), entries.toString());
        assertTrue(entries.getFirst().startsWith("SIGN_IN "), entries.toString());
        assertTrue(entries.getLast().startsWith("SIGN_OUT "), entries.toString());
        assertTrue(entries.getFirst().contains("\"issuer\":\"https://login.example\""), entries.toString());
    }

    @Test
    void aUseIsNotedUnlessALaterOneIs() {
        var made = session(NOW, NOW);
        var hash = added(made);
        sessions.use(made, NOW.plusSeconds(90));
        sessions.use(made, NOW.plusSeconds(60));
        assertEquals(NOW.plusSeconds(90), sessions.find(hash).orElseThrow().used());
    }

    @Test
    void whatNobodyCanUseAnyMoreIsForgotten() {
        var old = added(session(NOW.minusSeconds(7_201), NOW));
        var idle = added(session(NOW.minusSeconds(100), NOW.minusSeconds(61)));
        var good = added(session(NOW.minusSeconds(7_199), NOW.minusSeconds(59)));
        assertTrue(sessions.forget(NOW.minusSeconds(7_200), NOW.minusSeconds(60)) >= 2);
        assertEquals(Optional.empty(), sessions.find(old));
        assertEquals(Optional.empty(), sessions.find(idle));
        assertTrue(sessions.find(good).isPresent());
    }

    /** Nobody gets in without a record of it. */
    @Test
    void whatTheAuditLogCannotBeToldIsNotDone() {
        var deaf = new PostgresConsoleSessions(
                database.jdbi(),
                new AuditRecorder(
                        "gate",
                        (handle, body) -> {
                            throw new IllegalStateException("no log");
                        },
                        () -> {
                            throw new IllegalStateException("no log");
                        },
                        () -> Caller.LOCAL,
                        new SimpleMeterRegistry()));
        var made = session(NOW, NOW);
        var hash = new byte[32];
        RANDOM.nextBytes(hash);
        assertThrows(IllegalStateException.class, () -> deaf.add(made, hash, ANN));
        assertEquals(Optional.empty(), sessions.find(hash));
    }
}
