package dev.portcullis.gate.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.http.JsonBody;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a question, from a JSON body or query parameters; read strictly, so that a typo is no silent default. Every method throws {@link InvalidFieldException}. */
public final class JsonFields {
    /** In bytes. */
    private static final int LONGEST_NAME = 100;

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /**
     * The fields of a body, beside which there may be no query.
     *
     * @param legal names of the fields there may be
     */
    public static JsonFields ofBody(byte[] body, HttpParameters parameters, List<String> legal) {
        for (var name : parameters.names()) {
            known(name, "query parameter", legal);
            throw new InvalidFieldException(name, "is given in the query beside a body; give it in one of them");
        }
        var object = object(body);
        object.fieldNames().forEachRemaining(name -> known(name, "field", legal));
        return new JsonFields(object);
    }

    /**
     * The parameters of a query, each given once at most.
     *
     * @param legal names of the parameters there may be
     */
    public static Map<String, String> ofQuery(HttpParameters parameters, List<String> legal) {
        var values = new HashMap<String, String>();
        for (var name : parameters.names()) {
            known(name, "query parameter", legal);
            var given = parameters.getAll(name);
            if (given.size() != 1) {
                throw new InvalidFieldException(name, "is given " + given.size() + " times; give it once");
            }
            values.put(name, given.getFirst());
        }
        return values;
    }

    /** A text; empty when it is not given. */
    public String text(String field) {
        var value = object.path(field);
        return value.isMissingNode() ? "" : text(field, value);
    }

    /** The text that a field has for its value. */
    public static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidFieldException(field, "is " + JsonBody.kind(value) + "; text is expected");
        }
        return value.textValue();
    }

    /** Any value as JSON in one text, for who reads it further; empty when it is not given. */
    public String json(String field) {
        var value = object.path(field);
        return value.isMissingNode() ? "" : value.toString();
    }

    /** True or false; false when it is not given. */
    public boolean flag(String field) {
        var value = object.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new InvalidFieldException(field, "is " + JsonBody.kind(value) + "; true or false is expected");
        }
        return value.asBoolean();
    }

    /** The object of a body, in which there may be fields that nobody here knows. */
    public static JsonNode object(byte[] body) {
        try {
            return JsonBody.object(body);
        } catch (JsonBody.UnreadableException e) {
            throw new InvalidFieldException("body", e.fault());
        }
    }

    private static void known(String name, String what, List<String> legal) {
        if (!legal.contains(name)) {
            throw new InvalidFieldException(
                    PlainText.line(name, LONGEST_NAME), "unknown " + what + "; legal: " + String.join(", ", legal));
        }
    }
}
