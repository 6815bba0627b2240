package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * A kind of object of the Kubernetes API.
 *
 * @param group the API group, e.g. "apps"; empty for the core group
 * @param version the version, e.g. "v1"
 * @param plural the name in addresses, e.g. "deployments"
 * @param kind the name in objects, e.g. "Deployment"
 */
public record ResourceKind(String group, String version, String plural, String kind) {
    /** What runs the pods of most services. */
    public static final ResourceKind DEPLOYMENT = new ResourceKind("apps", "v1", "deployments", "Deployment");
    /** One revision of a Deployment or a Rollout. */
    public static final ResourceKind REPLICA_SET = new ResourceKind("apps", "v1", "replicasets", "ReplicaSet");

    /** What {@code kubectl describe} shows below an object. */
    public static final ResourceKind EVENT = new ResourceKind("events.k8s.io", "v1", "events", "Event");

    /** As objects have it: "apps/v1", "v1". */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The address of all objects in a namespace, without a slash in front. */
    String path(String namespace) {
        var root = group.isEmpty() ? "api/" : "apis/";
        var scope = namespace.isEmpty() ? "" : "/namespaces/" + escaped(namespace);
        return root + apiVersion() + scope + "/" + plural;
    }

    /** The address of one object, without a slash in front. */
    String path(String namespace, String name) {
        return path(namespace) + "/" + escaped(name);
    }

    private static String escaped(String word) {
        return URLEncoder.encode(word, UTF_8).replace("+", "%20");
    }
}
