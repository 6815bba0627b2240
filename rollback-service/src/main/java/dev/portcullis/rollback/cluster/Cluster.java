package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Kubernetes cluster, as its API server shows it. Thread-safe. Each method is one request that ends within the cluster's timeout. It is sent once,
 * and once more only after a 401, with credentials read anew. An answer that is no success is a {@link ClusterException}. Objects of the whole cluster have an empty namespace.
 */
public interface Cluster {
    /** An object as it is now; empty when there is none of that name, or no such kind. */
    Optional<JsonNode> get(ResourceKind kind, String namespace, String name) throws ClusterException;

    /**
     * The objects of a namespace that have all of these labels, in the server's order.
     *
     * @param labels none selects all objects
     */
    List<JsonNode> list(ResourceKind kind, String namespace, Map<String, String> labels) throws ClusterException;

    /**
     * Whether the account of this service may make such requests, as the API server judges it now.
     *
     * @return empty when the server does not tell
     */
    Optional<Boolean> allows(ResourceAccess access) throws ClusterException;

    /**
     * Whether the API server has just started and has no roles yet: for some tenths of a second, longer with many roles, it answers 403 to everybody. For programs
     * that connect by themselves; a method of this port tells so by the fault STARTING. Also true when the server cannot be asked.
     */
    boolean isStarting();

    /** Makes the first contact, so that a later request finds a connection; looks at nothing and changes nothing. */
    void greet() throws ClusterException;

    /**
     * Changes an object by a merge patch (RFC 7386), status excepted where the kind has one of its own.
     *
     * @param patch with the {@code metadata.resourceVersion} that was seen, so that a change in between is a CONFLICT
     * @return the object after the change
     */
    JsonNode mergePatch(ResourceKind kind, String namespace, String name, JsonNode patch) throws ClusterException;

    /** Changes only the status of an object, as {@link #mergePatch} does the rest. */
    JsonNode mergePatchStatus(ResourceKind kind, String namespace, String name, JsonNode patch) throws ClusterException;

    /**
     * Changes an object by a JSON Patch (RFC 6902).
     *
     * @param operations first a "test" of {@code /metadata/resourceVersion}, so that a change in between is a CONFLICT
     * @return the object after the change
     */
    JsonNode jsonPatch(ResourceKind kind, String namespace, String name, ArrayNode operations) throws ClusterException;

    /**
     * Makes an object. When there is one of that name already, it is a CONFLICT, and that one stays as it is.
     *
     * @param object with {@code metadata.name}
     */
    JsonNode create(ResourceKind kind, String namespace, JsonNode object) throws ClusterException;
}
