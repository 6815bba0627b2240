package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What an API server answered.
 *
 * @param body the JSON that came; "missing" when it was no JSON
 * @param retryAfter the least time the server wants to be left alone; zero when it does not say
 */
record ApiResponse(int status, JsonNode body, Duration retryAfter) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 300;
    /** A value as a server quotes it in a refusal: of a patch the whole object, before it says what is wrong, with whatever secrets that holds. */
    private static final Pattern QUOTED_OBJECT = Pattern.compile("\"\\{(?:[^\"\\\\]|\\\\.)*+\"");

    static ApiResponse of(int status, byte[] body, Duration retryAfter) {
        return new ApiResponse(status, parsed(body), retryAfter);
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isServersFault() {
        return status >= 500;
    }

    /** What the fault means; asked only when there is no success. */
    Fault fault() {
        return switch (status) {
            case 401, 403 -> Fault.DENIED;
            case 404 -> Fault.NOT_FOUND;
            case 408 -> Fault.TIMEOUT;
            case 409 -> Fault.CONFLICT;
            case 429 -> Fault.TOO_MANY;
            default -> isServersFault() ? Fault.SERVER : Fault.INVALID;
        };
    }

    /** Why, in the server's words; empty when it gave none. */
    String reason() {
        var message = QUOTED_OBJECT
                .matcher(body.path("message").asText("").strip().replaceAll("\\s+", " "))
                .replaceAll("the object");
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON) + "...";
    }
}
