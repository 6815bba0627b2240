package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gate that signs its audit log; each test has one of its own. */
abstract class AuditServiceSetup {
    static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path keys;

    SignerKey key = SignerKey.generate("unused", new java.security.SecureRandom());
    GateUnderTest gate;

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

    AuditServiceBlockingStub audit() {
        return AuditServiceGrpc.newBlockingStub(gate.channel());
    }

    List<AuditEntry> entries(AuditAction action) {
        return audit().listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setAction(action).build())
                .getEntriesList();
    }

    static List<String> bodies(List<AuditEntry> entries) {
        return entries.stream().map(AuditEntry::getBody).toList();
    }

    static JsonNode json(AuditEntry entry) {
        try {
            return JSON.readTree(entry.getBody());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    AuditEntry signed(AuditAction action) {
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
}
