package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.HandedEntry;
import dev.portcullis.gate.audit.Witness;
import dev.portcullis.gate.usecase.AskWitnesses;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.kit.transparency.WitnessRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What witnesses make of the log, and what the log takes of other services. */
final class AuditWitnessesIT {
    private static final SignerKey KEY = SignerKey.generate("portcullis.example/audit", new SecureRandom());
    private static final VerifierKey STRANGER = SignerKey.generate(
                    "witness.example/other", KeyKind.WITNESS, new SecureRandom())
            .verifier();

    private final Database database =
            Database.open(TestDatabase.fresh(), "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresAuditLog log = new PostgresAuditLog(database.jdbi(), ReleaseStoreSetup.AUDIT);
    private final List<String> heard = new ArrayList<>();
    private final AuditEvents events = new AuditEvents() {
        @Override
        public void signed() {
            heard.add("signed");
        }

        @Override
        public void refused() {
            heard.add("refused");
        }

        @Override
        public void cosigned(String witness) {
            heard.add("cosigned");
        }

        @Override
        public void notCosigned(String witness) {
            heard.add("not cosigned");
        }
    };
    private final AtomicLong nanoTime = new AtomicLong();
    private final MemoryWitness witness = new MemoryWitness();
    private SequenceAuditEntries sequence = process();

    /** Remembers and cosigns as a witness has to, and can be away. */
    private static final class MemoryWitness implements Witness {
        private final SignerKey key = SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());
        private TreeHead last = TreeHead.EMPTY;
        private boolean away;
        private int asked;

        @Override
        public VerifierKey key() {
            return key.verifier();
        }

        @Override
        public Answer add(WitnessRequest request) {
            asked++;
            if (away) {
                return new Answer.None("it is away");
            }
            var sent = WitnessRequest.parse(request.text());
            var head = Checkpoint.parse(sent.checkpoint().text()).head();
            if (sent.older() != last.size() || head.size() == last.size() && !head.equals(last)) {
                return new Answer.Differs(last.size());
            }
            if (!MerkleProof.extendsOlder(head, last, sent.proof())) {
                return new Answer.Contradicts();
            }
            last = head;
            return new Answer.Cosigned(List.of(key.cosign(sent.checkpoint().text(), Instant.EPOCH)));
        }
    }

    /** A process that knows of nothing yet. */
    private SequenceAuditEntries process() {
        var signing = new AuditSigning(Optional.of(new AuditSigner(new LogKeys(KEY, List.of()))), Optional.empty());
        return new SequenceAuditEntries(
                log, signing, new AskWitnesses(log, List.of(witness), events, nanoTime::get), events);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(int count) {
        for (var i = 0; i < count; i++) {
            log.record(AuditEntry.done(
                    Instant.EPOCH,
                    AuditAction.CREATE_TOKEN,
                    AuditActor.declared("alice"),
                    "tokens/" + i,
                    "",
                    Map.of()));
        }
    }

    private void asIntruder(String statement) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute(statement);
        });
    }

    @Test
    void theNewestCheckpointIsCosignedAndKeptAndServedSo() {
        record(3);
        sequence.sequence();
        sequence.sequence();
        assertEquals(List.of("cosigned", "signed", "cosigned"), heard);
        var note = log.checkpoint(List.of(witness.key())).orElseThrow();
        assertTrue(witness.key().signs(note));
        assertTrue(KEY.verifier().signs(note));
        assertEquals(3, Checkpoint.parse(note.text()).head().size());
        assertEquals(note, log.checkpoint().orElseThrow());
        assertEquals(Optional.empty(), log.checkpoint(List.of(witness.key(), STRANGER)));
        record(300);
        sequence.sequence();
        assertEquals(3, witness.last.size());
        sequence.sequence();
        assertEquals(303, witness.last.size());
        var asked = witness.asked;
        sequence.sequence();
        assertEquals(asked, witness.asked, "it has cosigned that already");
    }

    @Test
    void aNewProcessFindsOutWhatTheWitnessHasSeen() {
        record(5);
        sequence.sequence();
        sequence.sequence();
        record(2);
        sequence = process();
        sequence.sequence();
        sequence.sequence();
        assertEquals(7, witness.last.size());
    }

    @Test
    void aCutTailIsFoundByTheWitnessAlone() {
        record(9);
        sequence.sequence();
        sequence.sequence();
        asIntruder(
                "delete from audit.checkpoints; delete from audit.cosignatures; delete from audit.leaves where index > 5;"
                        + " delete from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)");
        sequence = process();
        heard.clear();
        record(1);
        sequence.sequence();
        assertEquals(List.of("not cosigned", "refused"), heard);
        assertEquals(Optional.empty(), log.signed(), "nothing is signed");
    }

    @Test
    void aDatabaseThatWasReplacedByAnOlderCopyOrAnEmptyOneIsFound() {
        record(4);
        sequence.sequence();
        sequence.sequence();
        var older = new TreeHead(2, dev.portcullis.kit.transparency.TreeHash.EMPTY);
        asIntruder("truncate audit.checkpoints, audit.cosignatures, audit.leaves, audit.entries, audit.subtrees");
        sequence = process();
        heard.clear();
        sequence.sequence();
        assertEquals(List.of("not cosigned", "refused"), heard);
        record(9);
        sequence.sequence();
        assertEquals(Optional.empty(), log.signed(), "nothing is signed");
        witness.last = older;
        Assertions.assertDoesNotThrow(() -> sequence.sequence());
        sequence.sequence();
        assertEquals(older, witness.last, "other entries than it has seen are never cosigned");
    }

    @Test
    void aWitnessThatIsAwayKeepsNobodyFromWorkingAndIsLeftAloneForAWhile() {
        witness.away = true;
        record(1);
        sequence.sequence();
        record(1);
        sequence.sequence();
        assertEquals(List.of("not cosigned", "signed", "signed"), heard);
        nanoTime.addAndGet(Duration.ofSeconds(11).toNanos());
        witness.away = false;
        sequence.sequence();
        assertEquals(2, witness.last.size());
    }

    @Test
    void whatNobodyHasCosignedIsNoCosignature() {
        var other = SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());
        var liar = new Witness() {
            @Override
            public VerifierKey key() {
                return witness.key();
            }

            @Override
            public Answer add(WitnessRequest request) {
                return new Answer.Cosigned(
                        List.of(other.cosign(request.checkpoint().text(), Instant.EPOCH)));
            }
        };
        record(1);
        var signing = new AuditSigning(Optional.of(new AuditSigner(new LogKeys(KEY, List.of()))), Optional.empty());
        new SequenceAuditEntries(log, signing, new AskWitnesses(log, List.of(liar), events, nanoTime::get), events)
                .sequence();
        assertEquals(List.of("not cosigned", "signed"), heard);
    }

    @Test
    void anEntryOfAnotherServiceIsTakenOnce() {
        var id = new UUID(7, 8);
        var body = "{\"action\":\"CANCEL_ROLLBACK\",\"actor\":{\"name\":\"alice\"},\"id\":\"" + id + "\"}";
        log.take(List.of(new HandedEntry(id, body)));
        log.take(List.of(new HandedEntry(id, body)));
        int count = database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from audit.entries")
                .mapTo(Integer.class)
                .one());
        assertEquals(1, count);
        for (var wrong :
                List.of(new HandedEntry(id, body.replace("alice", "bob")), new HandedEntry(new UUID(7, 9), body))) {
            var refused = Assertions.assertThrows(IllegalArgumentException.class, () -> log.take(List.of(wrong)));
            assertTrue(String.valueOf(refused.getMessage()).contains(wrong.id().toString()));
        }
    }
}
