package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Map;

/**
 * Where the object is that a target acts on, as the target's section of a policy names it.
 *
 * @param cluster the name of a configured cluster
 * @param name what it is called in its namespace
 */
public record ObjectName(String cluster, String namespace, String name) {
    /** The key of the cluster, in the section and in what is made of it. */
    public static final String CLUSTER = "cluster";

    /** The key of the namespace. */
    public static final String NAMESPACE = "namespace";

    /**
     * Reads the keys of a target whose namespace has a default.
     *
     * @param nameKey the key that holds the object's name
     * @param service whose target it is; the object is called like it when no name is given
     */
    public static ObjectName read(YamlMapping section, String usualNamespace, String nameKey, String service) {
        section.describe(nameKey, "the service's name", "");
        var cluster = section.text(CLUSTER, ClusterSettings.DEFAULT);
        var namespace = section.text(NAMESPACE, usualNamespace);
        return new ObjectName(cluster, namespace, section.optionalText(nameKey).orElse(service));
    }

    /**
     * The settings of a target on the object, to which a kind adds its own.
     *
     * @param kind the kind of target
     * @param noun what the object is in the target's identity: "application" in "application default/argocd/checkout"
     * @param nameKey the key that holds the object's name
     */
    public TargetSettings settings(String kind, String noun, String nameKey) {
        var identity = noun + " " + cluster + "/" + namespace + "/" + name;
        return new TargetSettings(kind, identity, Map.of(CLUSTER, cluster, NAMESPACE, namespace, nameKey, name));
    }
}
