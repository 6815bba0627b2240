package dev.portcullis.rollback.target.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.rollback.exchange.Told;
import dev.portcullis.rollback.plan.Sighting;
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

    static Sighting read(HttpResponse<String> response, Told told) {
        var from = "GET " + Told.address(response.uri());
        if (response.statusCode() != OK) {
            return new Sighting.Unreadable(
                    from + " answered " + response.statusCode() + told.body(response.body()) + "; 200 is legal");
        }
        try {
            return read(JSON.readTree(response.body()), from, told);
        } catch (JsonProcessingException e) {
            return new Sighting.Unreadable(from + " answered no JSON" + told.body(response.body()));
        }
    }

    private static Sighting read(JsonNode answer, String from, Told told) {
        var restored = answer.path("restored");
        var detail = answer.path("detail");
        if (!restored.isBoolean() || !(detail.isTextual() || detail.isMissingNode() || detail.isNull())) {
            return new Sighting.Unreadable(from + " answered" + told.body(answer.toString())
                    + "; an object with a boolean restored and perhaps a text detail is legal");
        }
        var text = "restored: " + restored.booleanValue()
                + (detail.isTextual() ? ", " + told.text(detail.textValue()) : "");
        return restored.booleanValue() ? new Sighting.Restored(text) : new Sighting.NotRestored(text);
    }
}
