package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ApiResponseTest {
    private static String reason(String message) {
        var body = JsonNodeFactory.instance.objectNode().put("kind", "Status").put("message", message);
        return ApiResponse.of(422, body.toString().getBytes(StandardCharsets.UTF_8), Duration.ZERO)
                .reason();
    }

    @Test
    void anObjectThatARefusalQuotesIsLeftOutSoThatWhatIsWrongIsToldAndNoSecretIs() {
        assertEquals(
                "\"\" is invalid: patch: Invalid value: the object: strict decoding error: unknown field \"status.abort\"",
                reason(" \"\" is invalid: patch: Invalid value: \"{\\\"spec\\\":{\\\"env\\\":\\\"s3cret\\\"}}\":"
                        + " strict decoding error: unknown field \"status.abort\""));
    }

    @Test
    void otherValuesAreTold() {
        assertEquals(
                "Deployment.apps \"checkout\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                reason(
                        "Deployment.apps \"checkout\" is invalid: spec.replicas: Invalid value: -1: must be greater than or"
                                + " equal to 0"));
    }

    @Test
    void aLongReasonIsCutOff() {
        assertEquals(303, reason("a".repeat(1000)).length());
    }
}
