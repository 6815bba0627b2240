package dev.portcullis.benchmarks.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.benchmarks.load.AnswerCheck;
import java.io.IOException;

/**
 * Whether the answer to a wait is the PROMOTE of one release, as the end of that wait.
 *
 * @param release name of the release
 */
record PromoteCheck(String release) implements AnswerCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    @Override
    public Finding check(int status, byte[] body) {
        if (status != OK) {
            return new Finding(false, "status " + status);
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException e) {
            return new Finding(false, "no answer of the gate");
        }
        var promoted = answer.path("decision").asText().equals("PROMOTE")
                && answer.path("settled").asBoolean()
                && answer.path("release").asText().equals(release);
        return new Finding(
                promoted,
                answer.path("decision").asText() + " " + answer.path("reasons") + ", "
                        + (answer.path("settled").asBoolean() ? "settled" : "not settled"));
    }
}
