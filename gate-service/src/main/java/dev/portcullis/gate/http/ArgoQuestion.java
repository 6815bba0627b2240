package dev.portcullis.gate.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.kit.http.JsonBody;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A question of Argo Rollouts, from query parameters or a JSON body with the same names; read strictly, so that a typo is no silent default. */
final class ArgoQuestion {
    private static final List<String> FIELDS =
            List.of("service", "namespace", "rollout", "canary", "stable", "revision", "step");

    /** In bytes. */
    private static final int LONGEST_NAME = 100;

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
        try {
            return JsonBody.object(body);
        } catch (JsonBody.UnreadableException e) {
            throw new InvalidFieldException("body", e.fault());
        }
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidFieldException(field, "is " + JsonBody.kind(value) + "; text is expected");
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
}
