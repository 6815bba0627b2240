package dev.portcullis.gate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpParameters;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A question of Argo Rollouts, from query parameters or a JSON body with the same names; read strictly, so that a typo is no silent default. */
final class ArgoQuestion {
    private static final List<String> FIELDS =
            List.of("service", "namespace", "rollout", "canary", "stable", "revision", "step");

    /** In bytes. */
    private static final int LONGEST_NAME = 100;

    private static final int LONGEST_FAULT = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ArgoQuestion() {}

    /** @throws InvalidFieldException naming the first parameter that is not legal */
    static GateRequest ofQuery(HttpParameters parameters) {
        var values = new HashMap<String, String>();
        for (var name : parameters.names()) {
            known(name, "query parameter");
            var given = parameters.getAll(name);
            if (given.size() != 1) {
                throw new InvalidFieldException(name, "is given " + given.size() + " times; give it once");
            }
            values.put(name, given.getFirst());
        }
        return request(values);
    }

    /** @throws InvalidFieldException naming the first field that is not legal, or "body" when there are no fields to name */
    static GateRequest ofBody(byte[] body, HttpParameters parameters) {
        for (var name : parameters.names()) {
            known(name, "query parameter");
            throw new InvalidFieldException(name, "is given in the query beside a body; give it in one of them");
        }
        var object = object(body);
        var values = new HashMap<String, String>();
        for (var field : object.properties()) {
            known(field.getKey(), "field");
            values.put(field.getKey(), text(field.getKey(), field.getValue()));
        }
        return request(values);
    }

    private static JsonNode object(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new InvalidFieldException(
                    "body", "is not JSON" + where + ": " + PlainText.line(e.getOriginalMessage(), LONGEST_FAULT));
        } catch (IOException e) {
            throw new InvalidFieldException(
                    "body", "is not JSON: " + PlainText.line(String.valueOf(e.getMessage()), LONGEST_FAULT));
        }
        if (!node.isObject()) {
            throw new InvalidFieldException("body", "is " + kind(node) + "; a JSON object is expected");
        }
        return node;
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidFieldException(field, "is " + kind(value) + "; text is expected");
        }
        return value.textValue();
    }

    private static void known(String name, String what) {
        if (!FIELDS.contains(name)) {
            throw new InvalidFieldException(
                    PlainText.line(name, LONGEST_NAME), "unknown " + what + "; legal: " + String.join(", ", FIELDS));
        }
    }

    private static GateRequest request(Map<String, String> values) {
        var key = new ReleaseKey(
                values.getOrDefault("service", ""),
                values.getOrDefault("namespace", ""),
                values.getOrDefault("rollout", ""),
                values.getOrDefault("canary", ""),
                values.getOrDefault("revision", ""));
        return new GateRequest(key, values.getOrDefault("stable", ""), values.getOrDefault("step", ""));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "text";
            case NULL -> "null";
            default -> "missing";
        };
    }
}
