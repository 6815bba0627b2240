package dev.portcullis.benchmarks.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.benchmarks.load.AnswerCheck;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Whether an answer of the gate is a decision on one release that rests on a measurement. A HOLD because a part could not be asked is none: it comes without
 * the work that is to be measured.
 *
 * @param release name of the release
 */
record DecisionCheck(String release) implements AnswerCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DECISIONS = Set.of("PROMOTE", "HOLD", "ABORT");
    private static final int OK = 200;

    @Override
    public Finding check(int status, byte[] body) {
        if (status != OK) {
            return new Finding(false, "status " + status);
        }
        var answer = parsed(body);
        var decision = answer.path("decision").asText();
        var reasons = reasons(answer);
        var kind = decision + " " + reasons;
        if (!DECISIONS.contains(decision)) {
            return new Finding(false, "no answer of the gate");
        }
        if (answer.path("decisionId").asText().isEmpty()) {
            return new Finding(false, kind + ", of which nothing is on record");
        }
        if (!answer.path("release").asText().equals(release)) {
            return new Finding(false, "a decision on another release");
        }
        return new Finding(measured(answer, reasons), kind);
    }

    private static boolean measured(JsonNode answer, List<String> reasons) {
        return answer.path("measuring").asText().equals("MEASURING")
                && reasons.stream().noneMatch(reason -> reason.endsWith("_UNAVAILABLE"));
    }

    private static List<String> reasons(JsonNode answer) {
        return StreamSupport.stream(answer.path("reasons").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The release an answer speaks of; empty when it names none. */
    static String releaseIn(byte[] body) {
        return parsed(body).path("release").asText();
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException noJson) {
            return JSON.missingNode();
        }
    }
}
