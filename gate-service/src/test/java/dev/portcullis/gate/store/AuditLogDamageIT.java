package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.LogFault;
import dev.portcullis.kit.transparency.SignedNote;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit log refuses, and what is found when somebody with all rights has been at it. */
final class AuditLogDamageIT extends AuditLogSetup {
    @Test
    void damageIsNamed() {
        record(4);
        sequence();
        record(4);
        sequence();
        asIntruder("update audit.entries set body = replace(body, 'reason 2', 'reason 3') where id = 3");
        assertEquals(
                List.of(new LogFault(LogFault.Kind.ENTRY_CHANGED, "entry 2 is not what was recorded there")),
                verify().faults());
        asIntruder("update audit.entries set body = replace(body, 'reason 3', 'reason 2') where id = 3");
        assertEquals(List.of(), verify().faults());

        asIntruder(
                "update audit.leaves set entry_id = -1 where index = 1",
                "update audit.leaves set entry_id = 2 where index = 6",
                "update audit.leaves set entry_id = 7 where index = 1");
        assertEquals(
                List.of(new LogFault(LogFault.Kind.ENTRIES_SWAPPED, "what was recorded as entry 1 stands at 6 now")),
                verify().faults());
        asIntruder(
                "update audit.leaves set entry_id = -1 where index = 1",
                "update audit.leaves set entry_id = 7 where index = 6",
                "update audit.leaves set entry_id = 2 where index = 1");

        asIntruder("delete from audit.entries where id = 5");
        assertEquals(List.of(new LogFault(LogFault.Kind.ENTRY_MISSING, "entry 4 is missing")), verify().faults());
    }

    @Test
    void anEntryChangedTogetherWithItsHashesIsFoundAndNothingIsSignedAnyMore() {
        record(4);
        sequence();
        record(4);
        sequence();
        asIntruder(
                "update audit.entries set body = replace(body, 'reason 1', 'reason 9') where id = 6",
                "update audit.entries set leaf_hash = sha256('\\x00'::bytea || convert_to(body, 'UTF8')) where id = 6",
                "update audit.leaves l set leaf_hash = e.leaf_hash from audit.entries e where e.id = l.entry_id");
        assertEquals(List.of(LogFault.Kind.LOG_REWRITTEN), kinds(verify()));
        assertTrue(
                verify().faults().getFirst().detail().contains("something between entry 4 and entry 7"),
                verify().faults().toString());
        record(1);
        var damage = assertThrows(LogDamageException.class, () -> log.sequence(10, signer, List.of()));
        assertTrue(
                damage.getMessage().startsWith("the first 8 entries of the audit log are not those that were signed"),
                damage.getMessage());
        sequence();
        assertEquals(
                8,
                Checkpoint.parse(log.checkpoint().orElseThrow().text()).head().size());
    }

    @Test
    void aCutEndIsFoundAndASmallerTreeIsNotSigned() {
        record(8);
        sequence();
        asIntruder("delete from audit.leaves where index > 5", "delete from audit.entries where id > 6");
        assertEquals(List.of(LogFault.Kind.LOG_CUT), kinds(verify()));
        record(1);
        var damage = assertThrows(LogDamageException.class, () -> log.sequence(10, signer, List.of()));
        assertTrue(
                damage.getMessage().startsWith("the audit log has 7 entries, but a checkpoint of 8 entries"),
                damage.getMessage());
    }

    @Test
    void aDatabasePutBackToAnOlderCopyIsFoundByTheCheckpointOutsideOfIt() {
        record(5);
        sequence();
        var kept = new CheckpointFile(folder.resolve("checkpoint")).newest().orElseThrow();
        asIntruder(
                "delete from audit.leaves where index > 2",
                "delete from audit.entries where id > 3",
                "delete from audit.checkpoints");
        assertEquals(List.of(LogFault.Kind.LOG_CUT), kinds(verify()));
        sequence();
        assertEquals(Optional.empty(), log.checkpoint(), "nothing is signed");
        assertEquals(List.of(1, 1), List.of(signed.get(), refused.get()));
        // It grows on, past what was signed.
        record(9);
        sequence();
        assertEquals(Optional.empty(), log.checkpoint(), "nothing is signed");
        var damage = assertThrows(LogDamageException.class, () -> log.sequence(100, signer, List.<SignedNote>of(kept)));
        assertTrue(damage.getMessage().startsWith("the first 5 entries"), damage.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"entries", "leaves", "subtrees", "checkpoints"})
    void nobodyChangesTheLogNotEvenWhoeverMayDoEverythingElse(String table) {
        record(300);
        sequence();
        var changes = List.of(
                "update audit." + table + " set " + column(table) + " = " + column(table),
                "delete from audit." + table,
                "truncate audit." + table + " cascade");
        for (var change : changes) {
            var refused = assertThrows(
                    JdbiException.class, () -> database.jdbi().useHandle(handle -> handle.execute(change)));
            assertEquals("42501", state(refused), change);
            assertTrue(refused.getMessage().contains("the audit log is never changed"), refused.getMessage());
        }
        assertEquals(List.of(), verify().faults());
    }

    private static String column(String table) {
        return switch (table) {
            case "entries" -> "body";
            case "checkpoints" -> "note";
            case "leaves" -> "leaf_hash";
            default -> "hash";
        };
    }

    /** The role that migrates is the owner and has taken these rights from itself; it is no superuser, as in production. */
    @Test
    void theServicesRoleHasNoRightToChangeTheLog() {
        var empty = TestDatabase.empty();
        var role = "service_" + UUID.randomUUID().toString().substring(0, 8);
        var name = empty.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        var admin = Jdbi.create(empty.url(), empty.user(), empty.password());
        admin.useHandle(handle -> {
            handle.execute("create role " + role + " login password 'x'");
            handle.execute("grant create, connect on database " + name + " to " + role);
        });
        var own = new DatabaseSettings(empty.url().replaceFirst("user=[^&]*", "user=" + role), role, "x");
        try (var opened = Database.open(own, "gate", OpenTelemetry.noop(), new SimpleMeterRegistry())) {
            var own2 = new PostgresAuditLog(opened.jdbi(), ReleaseStoreSetup.AUDIT);
            own2.record(entry("checkout", "alice", 1));
            assertEquals(1, own2.sequence(10, signer, List.of()).orElseThrow().entries());
            for (var table : List.of("entries", "leaves", "subtrees", "checkpoints")) {
                for (var change : List.of(
                        "update audit." + table + " set " + column(table) + " = " + column(table),
                        "delete from audit." + table,
                        "truncate audit." + table)) {
                    var refused = assertThrows(
                            JdbiException.class, () -> opened.jdbi().useHandle(handle -> handle.execute(change)));
                    assertEquals("42501", state(refused), change);
                    assertTrue(
                            refused.getMessage().contains("permission denied for table " + table),
                            refused.getMessage());
                }
            }
            assertFalse(own2.list(ALL, OptionalLong.empty(), 5).stream()
                    .map(RecordedEntry::body)
                    .toList()
                    .isEmpty());
        }
    }
}
