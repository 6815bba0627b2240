package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gate, and questions to its {@code /v1/gate}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GateCalls {
    private static final List<String> SERVICES =
            List.of("checkout", "deploys", "owed", "refused", "postponed", "cart", "dry", "search", "both");

    GateUnderTest gate;

    @BeforeAll
    void start(@TempDir Path folder) {
        SERVICES.forEach(service -> GateUnderTest.policy(folder, service, ""));
        GateUnderTest.policy(folder, "trusting", "  gate: {undecided: promote-without-proof}");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    void stop() {
        gate.close();
    }

    /** A question about a service with a rollout of the canary's name. */
    static String question(String service, String canary, String stage, String more) {
        return "{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\",\"stage\":\"" + stage + "\"" + more + "}";
    }

    JsonNode answer(String body) {
        return answer(200, gate.ask(body));
    }

    static JsonNode answer(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse("none").split(";")[0]);
        return GateUnderTest.json(response);
    }

    JsonNode fetch(JsonNode answer) {
        return answer(200, gate.send(HttpRequest.newBuilder(gate.uri(text(answer, "address")))));
    }

    static String text(JsonNode answer, String field) {
        assertTrue(answer.path(field).isTextual(), field + " of " + answer);
        return answer.path(field).textValue();
    }

    static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    static void assertFault(int status, String field, HttpResponse<String> response) {
        var body = answer(status, response);
        assertEquals(field, text(body, "field"), response.body());
        assertFalse(text(body, "fault").isBlank());
        assertFalse(text(body, "fault").contains("\n"), response.body());
        assertEquals(2, body.size());
    }
}
