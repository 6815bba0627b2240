package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes of a workload that an API server refuses when the workload is no longer as it was seen. */
public final class GuardedPatch {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String VERSION = "resourceVersion";

    private GuardedPatch() {}

    /** Another pod template; a JSON Patch, since a merge would keep what only the old template has. */
    public static ArrayNode template(JsonNode seen, PodTemplate template) {
        var operations = JSON.arrayNode();
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/" + VERSION)
                .put("value", version(seen));
        operations
                .addObject()
                .put("op", "replace")
                .put("path", "/spec/template")
                .set("value", template.json());
        return operations;
    }

    /** No longer paused; a merge patch. */
    public static ObjectNode unpaused(JsonNode seen) {
        return merge(seen, "spec", "paused", false);
    }

    /** A switch of the status thrown; a merge patch of the status. */
    public static ObjectNode status(JsonNode seen, String name) {
        return merge(seen, "status", name, true);
    }

    private static ObjectNode merge(JsonNode seen, String part, String name, boolean value) {
        var patch = JSON.objectNode();
        patch.putObject("metadata").put(VERSION, version(seen));
        patch.putObject(part).put(name, value);
        return patch;
    }

    private static String version(JsonNode seen) {
        return seen.at("/metadata/" + VERSION).asText();
    }
}
