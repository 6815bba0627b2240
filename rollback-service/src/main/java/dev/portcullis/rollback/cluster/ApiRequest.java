package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to an API server.
 *
 * @param path without a slash in front
 * @param query empty for none
 * @param body what a patch or a new object holds
 * @param about the object or kind in question, for people: "rollouts shop/checkout"
 */
record ApiRequest(String method, String path, String query, Optional<Body> body, String about) {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    /** Who changed a field, as the object's managedFields tell it. */
    private static final String FIELD_MANAGER = "fieldManager=portcullis";

    record Body(String contentType, String text) {}

    static ApiRequest get(ResourceKind kind, String namespace, String name) {
        return new ApiRequest("GET", kind.path(namespace, name), "", Optional.empty(), about(kind, namespace, name));
    }

    static ApiRequest list(ResourceKind kind, String namespace, Map<String, String> labels) {
        var selector = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
        var query = selector.isEmpty() ? "" : "labelSelector=" + URLEncoder.encode(selector, UTF_8);
        var about = kind.plural() + " of " + namespace + (selector.isEmpty() ? "" : " with " + selector);
        return new ApiRequest("GET", kind.path(namespace), query, Optional.empty(), about);
    }

    static ApiRequest mergePatch(ResourceKind kind, String namespace, String name, JsonNode patch) {
        return patch(kind, namespace, name, "", new Body(MERGE_PATCH, patch.toString()));
    }

    static ApiRequest mergePatchStatus(ResourceKind kind, String namespace, String name, JsonNode patch) {
        return patch(kind, namespace, name, "/status", new Body(MERGE_PATCH, patch.toString()));
    }

    static ApiRequest jsonPatch(ResourceKind kind, String namespace, String name, JsonNode operations) {
        return patch(kind, namespace, name, "", new Body(JSON_PATCH, operations.toString()));
    }

    static ApiRequest create(ResourceKind kind, String namespace, JsonNode object) {
        var body = new Body(JSON, object.toString());
        return new ApiRequest(
                "POST", kind.path(namespace), FIELD_MANAGER, Optional.of(body), kind.plural() + " of " + namespace);
    }

    private static ApiRequest patch(ResourceKind kind, String namespace, String name, String part, Body body) {
        var path = kind.path(namespace, name) + part;
        return new ApiRequest(
                "PATCH", path, FIELD_MANAGER, Optional.of(body), about(kind, namespace, name) + part.replace('/', ' '));
    }

    private static String about(ResourceKind kind, String namespace, String name) {
        return kind.plural() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    /** "PATCH rollouts shop/checkout". */
    @Override
    public String toString() {
        return method + " " + about;
    }
}
