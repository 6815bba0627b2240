package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.VerifyAuditLogRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What AuditService proves and verifies, and with which keys. */
final class AuditProofIT extends AuditServiceSetup {
    @Test
    void anEntryIsProvedToWhoeverHasTheKey() throws IOException {
        gate.poll("c1");
        var entry = signed(AuditAction.DECIDE);
        var leaf = TreeHash.ofLeaf(entry.getBody().getBytes(StandardCharsets.UTF_8));
        var proof = TlogProof.parse(entry.getProof());
        var head = Checkpoint.verified(proof.checkpoint(), key.verifier()).head();
        assertEquals(entry.getIndex(), proof.index());
        assertTrue(MerkleProof.includes(head, proof.index(), leaf, proof.hashes()));

        var alone = gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/entries/" + entry.getIndex() + "/proof")));
        assertEquals(200, alone.statusCode());
        assertEquals(
                "text/plain; charset=utf-8",
                alone.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(entry.getIndex(), TlogProof.parse(alone.body()).index());
        var checkpoint = gate.send(HttpRequest.newBuilder(gate.uri("/audit/checkpoint")));
        assertEquals(
                "no-cache", checkpoint.headers().firstValue("Cache-Control").orElseThrow());
        var size = Checkpoint.verified(SignedNote.parse(checkpoint.body()), key.verifier())
                .head()
                .size();
        assertTrue(size > entry.getIndex());
        var tile = gate.send(HttpRequest.newBuilder(gate.uri("/audit/tile/0/000.p/" + size)));
        assertEquals(200, tile.statusCode());
        assertEquals(
                "application/octet-stream",
                tile.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(gate.metric("portcullis_gate_audit_checkpoints_total{outcome=\"SIGNED\"}") > 0);
        assertEquals(0, gate.metric("portcullis_gate_audit_checkpoints_total{outcome=\"REFUSED\"}"));
        Await.until("the checkpoint outside", LIMIT, () -> Files.exists(keys.resolve("checkpoint")));
        for (var path : List.of(
                "/audit/tile/0/000",
                "/audit/tile/9/000",
                "/audit/tile/x",
                "/audit/tile/entries/001.p/1",
                "/v1/audit/entries/999999/proof",
                "/v1/audit/entries/-1/proof",
                "/v1/audit/entries/a/proof")) {
            assertEquals(404, gate.send(HttpRequest.newBuilder(gate.uri(path))).statusCode(), path);
        }
    }

    @Test
    void pagesFollowEachOtherUnderTheSameFilters() {
        gate.poll("c1");
        gate.poll("c2");
        gate.poll("c3");
        var request = ListAuditEntriesRequest.newBuilder()
                .setAction(AuditAction.DECIDE)
                .setPageSize(2);
        var first = audit().listAuditEntries(request.build());
        var second = audit().listAuditEntries(
                        request.setPageToken(first.getNextPageToken()).build());
        var all = entries(AuditAction.DECIDE);
        var begin = bodies(all).indexOf(first.getEntries(0).getBody());
        var both = new ArrayList<>(first.getEntriesList());
        both.addAll(second.getEntriesList());
        assertEquals(bodies(all.subList(begin, begin + both.size())), bodies(both));
        assertEquals(2, first.getEntriesCount());
        assertTrue(second.getEntriesCount() > 0);
        var foreign = request.setService("checkout").build();
        var refused = assertThrows(StatusRuntimeException.class, () -> audit().listAuditEntries(foreign));
        assertEquals("INVALID_FIELD", RpcErrors.reason(refused).orElseThrow());
        for (var wrong : List.of(
                ListAuditEntriesRequest.newBuilder().setObject("releases/1").build(),
                ListAuditEntriesRequest.newBuilder().setActionValue(99).build(),
                ListAuditEntriesRequest.newBuilder().setActor(" ").build(),
                ListAuditEntriesRequest.newBuilder().setPageSize(-1).build(),
                ListAuditEntriesRequest.newBuilder()
                        .setProofs(true)
                        .setTreeSize(1_000_000)
                        .build(),
                ListAuditEntriesRequest.newBuilder()
                        .setStartTime(com.google.protobuf.Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                        .build())) {
            var invalid = assertThrows(StatusRuntimeException.class, () -> audit().listAuditEntries(wrong));
            assertEquals("INVALID_FIELD", RpcErrors.reason(invalid).orElseThrow(), wrong::toString);
        }
    }

    @Test
    void theLogIsVerifiedAndTheServicesStartsAndEndsAreInIt() {
        gate.restart();
        assertEquals(2, entries(AuditAction.START_SERVICE).size());
        assertEquals(1, entries(AuditAction.STOP_SERVICE).size());
        signed(AuditAction.STOP_SERVICE);
        var verified = audit().verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance());
        assertEquals(List.of(), verified.getFaultsList());
        assertEquals(verified.getSize(), verified.getSignedSize());
        assertEquals(List.of(key.verifier().text()), verified.getVerifierKeysList());
        gate.execute(
                "set session_replication_role = replica; update audit.entries set body = replace(body, 'START', 'BEGIN') where id = 1");
        var damaged = audit().verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance());
        assertEquals("ENTRY_CHANGED", damaged.getFaults(0).getKind().name());
        assertEquals(
                "entry 0 is not what was recorded there", damaged.getFaults(0).getDetail());
    }

    @Test
    void aKeyThatCannotBeUsedEndsTheStartAndWithoutOneNothingIsSigned() throws IOException {
        var none = assertThrows(StartupException.class, () -> gate.another(
                        Map.of("portcullis.audit.key", keys.resolve("none").toString()))
                .close());
        assertEquals(
                "PORTCULLIS_AUDIT_KEY: file " + keys.resolve("none")
                        + " cannot be read: there is no such file or folder",
                none.getMessage());
        Files.writeString(keys.resolve("wrong"), "hunter2");
        var wrong = assertThrows(StartupException.class, () -> gate.another(
                        Map.of("portcullis.audit.key", keys.resolve("wrong").toString()))
                .close());
        assertEquals(
                "PORTCULLIS_AUDIT_KEY: file " + keys.resolve("wrong")
                        + " is no signing key, which is PRIVATE+KEY+NAME+ID+BASE64",
                wrong.getMessage());
        try (var unsigned = GateUnderTest.ofCheckout()) {
            unsigned.poll("c1");
            var checkpoint = unsigned.send(HttpRequest.newBuilder(unsigned.uri("/audit/checkpoint")));
            assertEquals(404, checkpoint.statusCode());
            assertEquals(
                    "checkpoint", GateUnderTest.json(checkpoint).path("field").textValue());
            var listed = AuditServiceGrpc.newBlockingStub(unsigned.channel())
                    .listAuditEntries(
                            ListAuditEntriesRequest.newBuilder().setProofs(true).build());
            assertTrue(listed.getEntriesList().stream().noneMatch(AuditEntry::hasIndex));
            assertTrue(listed.getEntriesCount() > 1);
        }
    }
}
