package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.AskWitnesses;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.LogFault;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.LogVerification;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TreeHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log on a real PostgreSQL: what it keeps, proves and refuses, and what is found when somebody with all rights has been at it. */
final class PostgresAuditLogIT {
    private static final AuditFilter ALL = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final SignerKey KEY = SignerKey.generate("portcullis.example/audit", new SecureRandom());

    @TempDir
    private Path folder;

    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Database database = Database.open(settings, "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresAuditLog log = new PostgresAuditLog(database.jdbi(), ReleaseStoreSetup.AUDIT);
    private final AtomicInteger signed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AuditEvents events = new AuditEvents() {
        @Override
        public void signed() {
            signed.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }

        @Override
        public void cosigned(String witness) {
            throw new IllegalStateException("there is no witness");
        }

        @Override
        public void notCosigned(String witness) {
            throw new IllegalStateException("there is no witness");
        }
    };
    private final AuditSigner signer = new AuditSigner(new LogKeys(KEY, List.of()));

    @AfterEach
    void close() {
        database.close();
    }

    private AuditSigning signing() {
        return new AuditSigning(Optional.of(signer), Optional.of(new CheckpointFile(folder.resolve("checkpoint"))));
    }

    private void sequence() {
        sequence(signing());
    }

    private void sequence(AuditSigning by) {
        var nobody = new AskWitnesses(log, List.of(), events, System::nanoTime);
        new SequenceAuditEntries(log, by, nobody, events).sequence();
    }

    private LogVerification verify() {
        return new VerifyAuditLog(log, signing()).verify();
    }

    private static AuditEntry entry(String service, String actor, int number) {
        return new AuditEntry(
                Instant.parse("2026-03-01T12:00:00Z"),
                AuditAction.PROMOTE_RELEASE,
                AuditActor.declared(actor),
                Optional.of(service),
                Optional.of("services/" + service + "/releases/" + new UUID(0, number)),
                AuditEntry.Outcome.SUCCESS,
                "reason " + number + " \u0007",
                Map.of());
    }

    private void record(int count) {
        IntStream.range(0, count).forEach(i -> log.record(entry("checkout", "alice", i)));
    }

    /** What nobody can do but a superuser, who can do everything. */
    private void asIntruder(String... statements) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            for (var statement : statements) {
                handle.execute(statement);
            }
        });
    }

    @Test
    void anEntryIsCanonicalJsonWithAllThatSurroundsIt() {
        log.record(entry("checkout", "alice", 7));
        var recorded = log.list(ALL, OptionalLong.empty(), 10).getFirst();
        assertEquals(
                "{\"action\":\"PROMOTE_RELEASE\",\"actor\":{\"issuer\":\"portcullis\",\"kind\":\"LOCAL\",\"name\":\"alice\",\"subject\":\"local\"},"
                        + "\"object\":\"services/checkout/releases/00000000-0000-0000-0000-000000000007\",\"outcome\":\"SUCCESS\","
                        + "\"policyHash\":\"hash of the folder\",\"service\":\"checkout\",\"source\":{\"interface\":\"INTERNAL\"},"
                        + "\"time\":\"2026-03-01T12:00:00Z\",\"traceId\":\"ab\",\"version\":\"1.2.3\",\"why\":\"reason 7 \\\\u0007\"}",
                recorded.body());
        assertEquals(OptionalLong.empty(), recorded.index());
    }

    @Test
    void entriesAreListedNewestFirstByWhatIsWanted() {
        log.record(entry("checkout", "alice", 0));
        log.record(entry("cart", "bob", 1));
        log.record(entry("checkout", "bob", 2));
        assertEquals(3, log.list(ALL, OptionalLong.empty(), 10).size());
        var bob = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("bob"),
                Optional.empty(),
                Optional.empty());
        var both = log.list(bob, OptionalLong.empty(), 10);
        assertEquals(2, both.size());
        assertTrue(both.getFirst().body().contains("reason 2"));
        assertEquals(1, log.list(bob, OptionalLong.of(both.getFirst().id()), 10).size());
        assertEquals(
                1,
                log.list(
                                new AuditFilter(
                                        Optional.of("checkout"),
                                        Optional.of("services/checkout/releases/" + new UUID(0, 2)),
                                        Optional.of(AuditAction.PROMOTE_RELEASE),
                                        Optional.of("bob"),
                                        Optional.of(both.getFirst().recorded()),
                                        Optional.of(both.getFirst().recorded().plusSeconds(1))),
                                OptionalLong.empty(),
                                10)
                        .size());
        assertEquals(
                0,
                log.list(
                                new AuditFilter(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(AuditAction.DECIDE),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                OptionalLong.empty(),
                                10)
                        .size());
    }

    @Test
    void everyEntryIsProvedUnderASignedCheckpointThatExtendsTheOnesBefore() throws Exception {
        sequence();
        assertEquals(Optional.empty(), log.checkpoint());
        record(300);
        sequence();
        record(230);
        sequence();
        sequence();
        var note = log.checkpoint().orElseThrow();
        var head = Checkpoint.verified(note, KEY.verifier()).head();
        assertEquals(530, head.size());
        assertEquals(note.format(), Files.readString(folder.resolve("checkpoint")));
        var entries = log.list(ALL, OptionalLong.empty(), 1_000);
        var proofs = log.proofs(
                note, entries.stream().map(entry -> entry.index().orElseThrow()).toList());
        for (var i = 0; i < entries.size(); i++) {
            var proof = proofs.get(i).orElseThrow();
            var leaf = TreeHash.ofLeaf(entries.get(i).body().getBytes(StandardCharsets.UTF_8));
            assertEquals(529 - i, proof.index());
            assertTrue(MerkleProof.includes(head, proof.index(), leaf, proof.hashes()));
        }
        assertEquals(List.of(Optional.empty(), Optional.empty()), log.proofs(note, List.of(-1L, 530L)));
        assertEquals(new LogVerification(530, 530, List.of()), verify());
        assertEquals(2, log.checkpoints(0, 1_000).size());
        var older = log.checkpoint(300).orElseThrow();
        assertTrue(MerkleProof.includes(
                Checkpoint.verified(older, KEY.verifier()).head(),
                299,
                TreeHash.ofLeaf(entries.get(230).body().getBytes(StandardCharsets.UTF_8)),
                log.proofs(older, List.of(299L)).getFirst().orElseThrow().hashes()));
        assertEquals(Optional.empty(), log.checkpoint(301));

        var leaves = log.tile(Tile.parse("0/000").orElseThrow()).orElseThrow();
        assertEquals(8_192, leaves.length);
        assertArrayEquals(
                TreeHash.ofLeaf(entries.getLast().body().getBytes(StandardCharsets.UTF_8))
                        .bytes(),
                java.util.Arrays.copyOf(leaves, 32));
        assertEquals(64, log.tile(Tile.parse("1/000.p/2").orElseThrow()).orElseThrow().length);
        assertEquals(32 * 18, log.tile(Tile.parse("0/002.p/18").orElseThrow()).orElseThrow().length);
        var bundle = log.tile(Tile.parse("entries/002.p/18").orElseThrow()).orElseThrow();
        var body = entries.get(17).body().getBytes(StandardCharsets.UTF_8);
        assertEquals(body.length, (bundle[0] << 8) + (bundle[1] & 0xff));
        assertArrayEquals(body, java.util.Arrays.copyOfRange(bundle, 2, 2 + body.length));
        assertEquals(Optional.empty(), log.tile(Tile.parse("0/002").orElseThrow()));
    }

    @Test
    void anEntryThatIsCommittedLateGetsItsPlaceLater() throws Exception {
        try (var late = connection()) {
            late.setAutoCommit(false);
            try (var statement = late.createStatement()) {
                statement.execute(
                        "insert into audit.entries (body, leaf_hash) values ('{\"action\":\"DECIDE\",\"actor\":{\"name\":\"gate\"}}', "
                                + "sha256('\\x00'::bytea || '{\"action\":\"DECIDE\",\"actor\":{\"name\":\"gate\"}}'::bytea))");
            }
            record(3);
            sequence();
            assertEquals(3, log.size());
            record(1);
            sequence();
            late.commit();
            sequence();
            assertEquals(5, log.size());
        }
        assertEquals(List.of(), verify().faults());
        // The order of the ids is not that of the places.
        assertEquals(
                4, log.list(ALL, OptionalLong.empty(), 10).getLast().index().orElseThrow());
    }

    private Connection connection() throws SQLException {
        return java.sql.DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    @Test
    void entriesOfAClusterWithHigherNumbersOfTransactionsGetTheirPlacesToo() {
        database.jdbi().useHandle(handle -> handle.execute("update audit.sequencer set settled = '9000000000000'"));
        record(2);
        sequence();
        record(2);
        sequence();
        assertEquals(4, log.size());
    }

    @Test
    void anotherKeySignsTheSameTreeAndTheEarlierOneCountsOn() {
        record(2);
        sequence();
        var next = SignerKey.generate("portcullis.example/audit", new SecureRandom());
        var rotated = new AuditSigning(
                Optional.of(new AuditSigner(new LogKeys(next, List.of(KEY.verifier())))),
                Optional.of(new CheckpointFile(folder.resolve("checkpoint"))));
        sequence(rotated);
        var head = Checkpoint.verified(log.checkpoint().orElseThrow(), next.verifier())
                .head();
        assertEquals(2, head.size());
        assertEquals(List.of(), new VerifyAuditLog(log, rotated).verify().faults());
        assertEquals(
                List.of(LogFault.Kind.CHECKPOINT_UNSIGNED),
                kinds(verify()),
                "the new key is not known to the old setting");
    }

    private static List<LogFault.Kind> kinds(LogVerification verification) {
        return verification.faults().stream().map(LogFault::kind).toList();
    }

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

    @Test
    void anEntryThatCannotBeWrittenTakesTheDecisionWithIt() {
        var releases = new PostgresReleases(database.jdbi(), ReleaseStoreSetup.AUDIT);
        var key = new ReleaseKey("checkout", "shop", "checkout", "c1", "7");
        var release = releases.open(new ReleaseStart(
                UUID.randomUUID(), key, 1, false, "stable", "00-aa-bb-01", Instant.parse("2026-03-01T12:00:00Z")));
        database.jdbi().useHandle(handle -> handle.execute("alter table audit.entries rename to elsewhere"));
        var refused = assertThrows(
                StoreUnavailableException.class,
                () -> releases.change(release.id(), current -> ReleaseStoreSetup.heard(current, 3)));
        assertTrue(refused.getMessage().contains("\"audit.entries\" does not exist"), refused.getMessage());
        assertEquals(Optional.empty(), releases.find(release.id()).orElseThrow().latest());
        database.jdbi().useHandle(handle -> handle.execute("alter table audit.elsewhere rename to entries"));
        releases.change(release.id(), current -> ReleaseStoreSetup.heard(current, 3));
        var body = log.list(ALL, OptionalLong.empty(), 10).getFirst().body();
        assertTrue(body.contains("\"action\":\"DECIDE\""), body);
        assertTrue(body.contains("\"analysisHash\":\""), body);
        assertTrue(body.contains("\"state\":{\"after\":\"OPEN\",\"before\":\"OPEN\"}"), body);
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

    private static String state(JdbiException e) {
        return ((SQLException) e.getCause()).getSQLState();
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
