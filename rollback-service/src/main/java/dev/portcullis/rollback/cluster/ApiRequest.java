package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * @param body what a patch, a review or a new object holds
 * @param about the object or kind in question, for people: "rollouts shop/checkout"
 */
record ApiRequest(String method, String path, String query, Optional<Body> body, String about) {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    /** Who changed a field, as the object's managedFields tell it. */
    private static final String FIELD_MANAGER = "fieldManager=portcullis";
    /** A field that the kind does not have is refused, and not dropped without a word as it is by default (Kubernetes 1.27). */
    private static final String STRICT = FIELD_MANAGER + "&fieldValidation=Strict";

    private static final String REVIEWS = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

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

    /** Every account may ask that of itself; nothing is kept of it. */
    static ApiRequest review(ResourceAccess access) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        json.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", access.verb())
                .put("group", access.kind().group())
                .put("version", access.kind().version())
                .put("resource", access.kind().plural())
                .put("subresource", access.part())
                .put("namespace", access.namespace())
                .put("name", access.name());
        var body = new Body("application/json", json.toString());
        return new ApiRequest("POST", REVIEWS, "", Optional.of(body), "whether the account may " + access);
    }

    /** What every account may read, and some servers show to everybody. */
    static ApiRequest version() {
        return new ApiRequest("GET", "version", "", Optional.empty(), "version");
    }

    /** Whether the server has all it needs to answer; every account may read that unless the role system:public-info-viewer was taken from it. */
    static ApiRequest ready() {
        return new ApiRequest("GET", "readyz", "", Optional.empty(), "readyz");
    }

    static ApiRequest mergePatch(ResourceKind kind, String namespace, String name, JsonNode patch) {
        return patch(kind, namespace, name, "", STRICT, new Body(MERGE_PATCH, patch.toString()));
    }

    static ApiRequest mergePatchStatus(ResourceKind kind, String namespace, String name, JsonNode patch) {
        return patch(kind, namespace, name, "/status", STRICT, new Body(MERGE_PATCH, patch.toString()));
    }

    /** Not strict: a pod template put back from a ReplicaSet may have fields, filled in by the server, that the definition of a Rollout lacks. */
    static ApiRequest jsonPatch(ResourceKind kind, String namespace, String name, JsonNode operations) {
        return patch(kind, namespace, name, "", FIELD_MANAGER, new Body(JSON_PATCH, operations.toString()));
    }

    static ApiRequest create(ResourceKind kind, String namespace, JsonNode object) {
        var body = new Body(JSON, object.toString());
        return new ApiRequest(
                "POST", kind.path(namespace), FIELD_MANAGER, Optional.of(body), kind.plural() + " of " + namespace);
    }

    private static ApiRequest patch(
            ResourceKind kind, String namespace, String name, String part, String query, Body body) {
        var path = kind.path(namespace, name) + part;
        return new ApiRequest(
                "PATCH", path, query, Optional.of(body), about(kind, namespace, name) + part.replace('/', ' '));
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
