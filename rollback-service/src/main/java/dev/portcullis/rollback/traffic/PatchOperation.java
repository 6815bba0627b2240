package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One operation of a JSON Patch (RFC 6902).
 *
 * @param op test, add, replace or remove
 * @param path a JSON Pointer
 * @param value none of a remove
 */
public record PatchOperation(String op, String path, Optional<JsonNode> value) {
    /** Fails the patch when something else stands there. */
    public static PatchOperation test(String path, JsonNode value) {
        return new PatchOperation("test", path, Optional.of(value));
    }

    /** Gives a key of an object a value, whether it has one or not. */
    public static PatchOperation set(JsonNode object, String pointer, String key, JsonNode value) {
        return new PatchOperation(
                object.has(key) ? "replace" : "add", pointer + "/" + escaped(key), Optional.of(value));
    }

    /** Takes a key that is there away. */
    public static PatchOperation remove(String pointer, String key) {
        return new PatchOperation("remove", pointer + "/" + escaped(key), Optional.empty());
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
        value.ifPresent(set -> json.set("value", set));
        return json;
    }

    /** A patch of these operations, in their order. */
    static ArrayNode patch(List<PatchOperation> edits) {
        var patch = JsonNodeFactory.instance.arrayNode();
        edits.forEach(operation -> patch.add(operation.json()));
        return patch;
    }
}
