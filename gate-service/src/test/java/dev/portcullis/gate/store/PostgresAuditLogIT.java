package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogFault;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.LogVerification;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the audit log keeps and proves on a real PostgreSQL. */
final class PostgresAuditLogIT extends AuditLogSetup {
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
        assertEquals(
                List.of(),
                new VerifyAuditLog(log, rotated, Clock.systemUTC()).verify().faults());
        assertEquals(
                List.of(LogFault.Kind.CHECKPOINT_UNSIGNED),
                kinds(verify()),
                "the new key is not known to the old setting");
    }

    @Test
    void anEntryThatCannotBeWrittenTakesTheDecisionWithIt() {
        var releases = new PostgresReleases(database.jdbi(), ReleaseStoreSetup.AUDIT, ReleaseStoreSetup.MESSAGES);
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
}
