package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.MerkleProof;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.VerifyAuditLogRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate records of what is done, and what it lets others prove of it. */
final class AuditLogIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path keys;

    private SignerKey key = SignerKey.generate("unused", new java.security.SecureRandom());
    private GateUnderTest gate;

    @BeforeEach
    void start() throws IOException {
        key = SignerKeyFile.create(keys.resolve("audit.key"), "portcullis.example/audit");
        gate = GateUnderTest.ofCheckout(Map.of(
                "portcullis.audit.key", keys.resolve("audit.key").toString(),
                "portcullis.audit.checkpoint", keys.resolve("checkpoint").toString()));
    }

    @AfterEach
    void stop() {
        gate.close();
    }

    private AuditServiceBlockingStub audit() {
        return AuditServiceGrpc.newBlockingStub(gate.channel());
    }

    private List<AuditEntry> entries(AuditAction action) {
        return audit().listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setAction(action).build())
                .getEntriesList();
    }

    private static List<String> bodies(List<AuditEntry> entries) {
        return entries.stream().map(AuditEntry::getBody).toList();
    }

    private static JsonNode json(AuditEntry entry) {
        try {
            return JSON.readTree(entry.getBody());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private AuditEntry signed(AuditAction action) {
        return Await.value("a proof", LIMIT, () -> audit()
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setAction(action)
                        .setProofs(true)
                        .build())
                .getEntriesList()
                .stream()
                .filter(entry -> !entry.getProof().isEmpty())
                .findFirst());
    }

    @Test
    void whatAPersonDoesIsRecordedWithWhoHowAndWhy() {
        var release = gate.poll("c1").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("payments are failing")
                        .build());
        var entry = json(entries(AuditAction.ABORT_RELEASE).getFirst());
        assertEquals("payments are failing", entry.path("why").textValue());
        assertEquals(release, entry.path("object").textValue());
        assertEquals("checkout", entry.path("service").textValue());
        assertEquals("LOCAL", entry.path("actor").path("kind").textValue());
        assertEquals(
                "gRPC portcullis.gate.v1.GateService/AbortRelease",
                entry.path("source").path("interface").textValue());
        assertEquals("127.0.0.1", entry.path("source").path("address").textValue());
        assertTrue(entry.path("source").path("userAgent").textValue().startsWith("grpc-java"));
        assertEquals(
                "{\"after\":\"ABORTED\",\"before\":\"OPEN\"}",
                entry.path("state").toString());
        assertEquals("ABORT", entry.path("decision").path("outcome").textValue());
        assertEquals("c1", entry.path("release").path("canary").textValue());
        assertEquals("c1", entry.path("rollback").path("from").textValue());
        assertEquals("stable1", entry.path("rollback").path("to").textValue());
        assertFalse(entry.path("policyHash").textValue().isEmpty());
        assertEquals("SUCCESS", entry.path("outcome").textValue());
        var ordered = Await.value("the rollback's entry", LIMIT, () -> entries(AuditAction.ORDER_ROLLBACK).stream()
                .findFirst());
        assertEquals(entry.path("decision").path("name"), json(ordered).path("decision"), ordered::getBody);
        assertTrue(json(ordered).path("rollback").path("name").textValue().startsWith("rollbacks/"));
    }

    @Test
    void everyDecisionOfTheGateIsRecordedWithItsEvidence() {
        var release = gate.poll("c1").path("release").textValue();
        gate.analysis.say("c1", Verdict.PASS, 5);
        Await.until(
                "PROMOTE",
                LIMIT,
                () -> gate.poll("c1").path("decision").textValue().equals("PROMOTE"));
        var entries = entries(AuditAction.DECIDE).stream().map(AuditLogIT::json).toList();
        assertEquals(gate.decisionCount(release), entries.size());
        var promoted = entries.getFirst();
        assertEquals("PROMOTE", promoted.path("decision").path("outcome").textValue());
        assertEquals("gate", promoted.path("actor").path("name").textValue());
        assertEquals("PASS", promoted.path("evidence").path("verdict").textValue());
        assertTrue(promoted.path("evidence").path("analysis").textValue().startsWith("analyses/"));
        assertEquals(
                64, promoted.path("evidence").path("analysisHash").textValue().length());
        var first = entries.getLast();
        assertEquals("HTTP GET /v1/argo", first.path("source").path("interface").textValue());
        assertEquals("127.0.0.1", first.path("source").path("address").textValue());
    }

    @Test
    void aDecisionThatCannotBeRecordedInTheLogIsNoneButAHold() {
        var before = gate.poll("c1");
        var release = before.path("release").textValue();
        var decisions = gate.decisionCount(release);
        gate.execute("alter table audit.entries rename to elsewhere");
        gate.analysis.say("c1", Verdict.FAIL, 5);
        Await.until(
                "a HOLD that says so",
                LIMIT,
                () -> gate.poll("c1").path("reasons").toString().equals("[\"STORE_UNAVAILABLE\"]"));
        var refused = assertThrows(StatusRuntimeException.class, () -> gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("payments are failing")
                        .build()));
        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        assertEquals(decisions, gate.decisionCount(release));
        gate.execute("alter table audit.elsewhere rename to entries");
        Await.until(
                "ABORT",
                LIMIT,
                () -> gate.poll("c1").path("decision").textValue().equals("ABORT"));
    }

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
    void whoReadsIsAnEntryHimself() {
        gate.poll("c1");
        var request = ListAuditEntriesRequest.newBuilder()
                .setService("checkout")
                .setAction(AuditAction.DECIDE)
                .build();
        assertEquals(1, audit().listAuditEntries(request).getEntriesCount());
        var read = json(entries(AuditAction.READ_AUDIT_LOG).get(1));
        assertEquals(
                "{\"action\":\"DECIDE\",\"service\":\"checkout\"}",
                read.path("read").toString());
        signed(AuditAction.DECIDE);
        assertEquals(
                200,
                gate.send(HttpRequest.newBuilder(gate.uri("/audit/tile/entries/000.p/1")))
                        .statusCode());
        assertEquals(
                "entries/000.p/1",
                json(entries(AuditAction.READ_AUDIT_LOG).get(1))
                        .path("read")
                        .path("tile")
                        .textValue());
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
    void theChangesOfAPeriodAreAllOfItsReleases() {
        var first = gate.poll("c1").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(first)
                        .setReason("=1+1 is \"why\"")
                        .build());
        gate.poll("c2");
        var answer = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01T00:00:00Z")));
        assertEquals(200, answer.statusCode(), answer::body);
        var changes = GateUnderTest.json(answer).path("changes");
        assertEquals(2, changes.size());
        var aborted = changes.get(0);
        assertEquals(first, aborted.path("release").textValue());
        assertEquals("ABORTED", aborted.path("state").textValue());
        assertEquals("ABORT", aborted.path("decision").textValue());
        assertEquals("[\"ABORTED_BY_PERSON\"]", aborted.path("reasons").toString());
        assertTrue(aborted.path("override").booleanValue());
        assertEquals("=1+1 is \"why\"", aborted.path("why").textValue());
        assertFalse(aborted.path("policyHash").textValue().isEmpty());
        assertFalse(aborted.path("endTime").textValue().isEmpty());
        assertEquals("c2", changes.get(1).path("canary").textValue());
        assertFalse(changes.get(1).path("override").booleanValue());
        assertEquals("", changes.get(1).path("endTime").textValue());
        assertEquals(
                "{\"changes\":{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"9000-01-01T00:00:00Z\"}}",
                json(entries(AuditAction.READ_AUDIT_LOG).get(1)).path("read").toString());

        var table = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01&format=csv")));
        assertTrue(table.headers().firstValue("Content-Type").orElseThrow().startsWith("text/csv"));
        var lines = table.body().split("\r\n");
        assertEquals(3, lines.length);
        var heads = new ArrayList<String>();
        aborted.fieldNames().forEachRemaining(heads::add);
        assertEquals(String.join(",", heads), lines[0]);
        assertTrue(lines[1].contains(",\"'=1+1 is \"\"why\"\"\","), lines[1]);
        var none = gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=2020-01-02")));
        assertEquals(0, GateUnderTest.json(none).path("changes").size());
        for (var wrong : List.of(
                "",
                "from=2020-01-01",
                "from=2020-01-01&to=2020-01-01",
                "from=x&to=2020-01-01",
                "from=2020-01-01&to=2021-01-01&format=xml",
                "from=2020-01-01&to=2021-01-01&more=1",
                "from=-1000000-01-01&to=2020-01-01")) {
            assertEquals(
                    400,
                    gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/changes?" + wrong)))
                            .statusCode(),
                    wrong);
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
    void theContentOfTheConfigurationFolderAndItsChangesAreEntries() {
        var start = json(entries(AuditAction.START_SERVICE).getFirst()).path("configuration");
        var file = start.path("files").get(0);
        assertEquals("checkout.yaml", file.path("name").textValue());
        assertTrue(file.path("text").textValue().contains("service: checkout"), file::toString);
        GateUnderTest.policy(gate.folder, "payments", "");
        var change =
                Await.value("the entry of the change", LIMIT, () -> entries(AuditAction.CHANGE_CONFIGURATION).stream()
                        .findFirst());
        var configuration = json(change).path("configuration");
        assertEquals(start.path("after"), configuration.path("before"));
        assertEquals(1, configuration.path("files").size(), configuration::toString);
        assertEquals(
                "payments.yaml", configuration.path("files").get(0).path("name").textValue());
        assertEquals("gate", json(change).path("actor").path("name").textValue());
        assertEquals(
                configuration.path("after").textValue(),
                json(change).path("policyHash").textValue());
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
