package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * An answer of a {@link KubeServer}; its faults look like an API server's.
 *
 * @param isWhole false when only its head is sent
 */
record KubeAnswer(int status, Map<String, String> headers, String body, boolean isWhole) {
    private static final Map<Integer, String> REASONS = Map.of(
            400, "BadRequest",
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            422, "Invalid",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable");

    static KubeAnswer ok(String body) {
        return new KubeAnswer(200, Map.of(), body, true);
    }

    static KubeAnswer created(String body) {
        return new KubeAnswer(201, Map.of(), body, true);
    }

    static KubeAnswer fault(int status, String message) {
        return fault(status, message, Map.of());
    }

    static KubeAnswer fault(int status, String message, Map<String, String> headers) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", REASONS.getOrDefault(status, "Unknown"))
                .put("code", status);
        return new KubeAnswer(status, headers, body.toString(), true);
    }

    KubeAnswer headOnly() {
        return new KubeAnswer(status, headers, body, false);
    }
}
