package dev.portcullis.rollback.targets.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.TargetObservation;
import java.net.http.HttpResponse;

/**
 * The answer to a read-back: 200 and a JSON object with a boolean {@code restored} and perhaps a text {@code detail}. Whatever else
 * comes is unreadable, never "not restored".
 */
final class ReadBack {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int OK = 200;

    private ReadBack() {}

    static TargetObservation read(HttpResponse<String> response, ResponseRedactor redactor) {
        var from = "GET " + ResponseRedactor.address(response.uri());
        if (response.statusCode() != OK) {
            return new TargetObservation.Unreadable(
                    from + " answered " + response.statusCode() + redactor.body(response.body()) + "; 200 is legal");
        }
        try {
            return read(JSON.readTree(response.body()), from, redactor);
        } catch (JsonProcessingException e) {
            return new TargetObservation.Unreadable(from + " answered no JSON" + redactor.body(response.body()));
        }
    }

    private static TargetObservation read(JsonNode answer, String from, ResponseRedactor redactor) {
        var restored = answer.path("restored");
        var detail = answer.path("detail");
        if (!restored.isBoolean() || !(detail.isTextual() || detail.isMissingNode() || detail.isNull())) {
            return new TargetObservation.Unreadable(from + " answered" + redactor.body(answer.toString())
                    + "; an object with a boolean restored and perhaps a text detail is legal");
        }
        var text = "restored: " + restored.booleanValue()
                + (detail.isTextual() ? ", " + redactor.text(detail.textValue()) : "");
        return restored.booleanValue() ? new TargetObservation.Restored(text) : new TargetObservation.NotRestored(text);
    }
}
