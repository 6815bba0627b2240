package dev.portcullis.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer of the shop.
 *
 * @param body maps, lists, texts, numbers and booleans
 */
record JsonAnswer(int status, Object body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer that says what was wrong with the request. */
    static JsonAnswer fault(int status, String field, String fault) {
        return new JsonAnswer(status, Map.of("field", field, "fault", fault));
    }

    /** The JSON object these bytes hold; empty when they hold none. */
    static Optional<JsonNode> object(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void send(HttpExchange exchange) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
