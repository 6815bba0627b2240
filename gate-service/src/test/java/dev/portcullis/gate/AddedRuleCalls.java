package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gate, and questions that bring rules of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AddedRuleCalls {
    /** A rule that holds whatever is asked about in a test. */
    static final String MONTH = "{\"minimumBake\":{\"for\":\"30d\"}}";

    GateUnderTest gate;

    @BeforeAll
    void start(@TempDir Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "strict", "  gate: {rules: [{minimumBake: {for: 30d}}]}");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    void stop() {
        gate.close();
    }

    static String question(String service, String canary, String more) {
        return "{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stage\":\"canary-1\"" + more + "}";
    }

    static String rules(String items) {
        return ",\"rules\":[" + items + "]";
    }

    JsonNode ask(String canary, String more) {
        var response = gate.ask(question("checkout", canary, more));
        assertEquals(200, response.statusCode(), response::body);
        return GateUnderTest.json(response);
    }

    JsonNode refused(String body) {
        var response = gate.ask(body);
        assertEquals(400, response.statusCode(), response::body);
        return GateUnderTest.json(response);
    }

    void passes(String canary) {
        gate.analysis.say(canary, Verdict.PASS, 3);
    }

    static String decision(JsonNode answer) {
        return answer.path("decision").textValue();
    }

    static String reason(JsonNode answer) {
        return answer.path("reasons").path(0).textValue();
    }

    Release release(JsonNode answer) {
        return gate.release(answer.path("release").textValue());
    }

    List<String> entries(AuditAction action, String release) {
        return AuditServiceGrpc.newBlockingStub(gate.channel())
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setAction(action).build())
                .getEntriesList()
                .stream()
                .map(entry -> entry.getBody())
                .filter(body -> body.contains(release))
                .toList();
    }
}
