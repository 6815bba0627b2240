package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster behind its API server. Thread-safe. */
final class KubernetesCluster implements Cluster {
    private static final int CREATED = 201;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String VERSION = "/metadata/resourceVersion";

    private final ApiServer server;

    KubernetesCluster(ApiServer server) {
        this.server = server;
    }

    @Override
    public Optional<JsonNode> get(ResourceKind kind, String namespace, String name) throws ClusterException {
        var request = ApiRequest.get(kind, namespace, name);
        var response = server.send(request);
        return response.status() == NOT_FOUND ? Optional.empty() : Optional.of(object(request, response));
    }

    @Override
    public List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels)
            throws ClusterException {
        var request = ApiRequest.list(kind, namespace, labels);
        var items = object(request, server.send(request)).path("items");
        List<JsonNode> found = new ArrayList<>();
        for (var item : items) {
            // In a list of a built-in kind, the items do not say what they are.
            if (item instanceof ObjectNode object) {
                object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
            }
            found.add(item);
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<Boolean> allows(ResourceAccess access) throws ClusterException {
        var request = ApiRequest.review(access);
        var response = server.send(request);
        var allowed = allowed(request, response);
        // A server without roles grants nothing to anybody.
        if (!allowed.orElse(true) && isStarting()) {
            throw starting(server.fault(request, response));
        }
        return allowed;
    }

    private Optional<Boolean> allowed(ApiRequest request, ApiResponse response) throws ClusterException {
        if (response.status() == FORBIDDEN || response.status() == NOT_FOUND) {
            return Optional.empty();
        }
        var allowed = object(request, response).at("/status/allowed");
        return response.status() == CREATED && allowed.isBoolean()
                ? Optional.of(allowed.booleanValue())
                : Optional.empty();
    }

    @Override
    public boolean isStarting() {
        return new ServerStart(server).isUnderWay();
    }

    @Override
    public void greet() throws ClusterException {
        server.send(ApiRequest.version());
    }

    @Override
    public JsonNode mergePatch(ResourceKind kind, String namespace, String name, JsonNode patch)
            throws ClusterException {
        return changed(ApiRequest.mergePatch(kind, namespace, name, patch));
    }

    @Override
    public JsonNode mergePatchStatus(ResourceKind kind, String namespace, String name, JsonNode patch)
            throws ClusterException {
        return changed(ApiRequest.mergePatchStatus(kind, namespace, name, patch));
    }

    @Override
    public JsonNode jsonPatch(ResourceKind kind, String namespace, String name, ArrayNode operations)
            throws ClusterException {
        try {
            return changed(ApiRequest.jsonPatch(kind, namespace, name, operations));
        } catch (ClusterException e) {
            throw e.fault() == Fault.INVALID && isStale(kind, namespace, name, operations)
                    ? new ClusterException(Fault.CONFLICT, e.getMessage() + " (the object changed in between)")
                    : e;
        }
    }

    @Override
    public JsonNode create(ResourceKind kind, String namespace, JsonNode object) throws ClusterException {
        return changed(ApiRequest.create(kind, namespace, object));
    }

    /** An API server does not say whether it was the test of the version that failed: the object's version does. */
    private boolean isStale(ResourceKind kind, String namespace, String name, ArrayNode operations)
            throws ClusterException {
        for (var operation : operations) {
            if (operation.path("op").asText().equals("test")
                    && operation.path("path").asText().equals(VERSION)) {
                var now = get(kind, namespace, name);
                return now.isPresent() && !now.get().at(VERSION).equals(operation.path("value"));
            }
        }
        return false;
    }

    private JsonNode changed(ApiRequest request) throws ClusterException {
        return object(request, server.send(request));
    }

    private JsonNode object(ApiRequest request, ApiResponse response) throws ClusterException {
        if (!response.isSuccess()) {
            throw refused(request, response);
        }
        if (!response.body().isObject()) {
            throw server.fault(request, Fault.BROKEN, "answered " + response.status() + " without a JSON object");
        }
        return response.body();
    }

    private ClusterException refused(ApiRequest request, ApiResponse response) {
        var fault = server.fault(request, response);
        return response.status() == FORBIDDEN && isStarting() ? starting(fault) : fault;
    }

    private static ClusterException starting(ClusterException fault) {
        return new ClusterException(
                Fault.STARTING,
                fault.getMessage() + " (it has just started and does not know yet who may do what)",
                fault.retryAfter());
    }
}
