package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.KubeServer;
import dev.portcullis.rollback.cluster.ResourceKind;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ReplicaSets of the workload shop/checkout as their controllers treat them. Pods come, become available and go at once.
 *
 * @param hashLabel how the workload's controller marks them
 * @param numberAnnotation how it numbers them
 */
public record ReplicaSets(
        KubeServer server, Clusters clusters, String owner, String hashLabel, String numberAnnotation) {
    /** A pod template as a person has it, of an image with this tag, filled in by an API server. */
    public static String template(String image) {
        return template(image, "");
    }

    private static String template(String image, String label) {
        return """
                {"metadata": {"creationTimestamp": null, "labels": {"app": "checkout"%s}},
                 "spec": {"containers": [{"name": "shop", "image": "shop:%s", "imagePullPolicy": "IfNotPresent"}],
                          "restartPolicy": "Always", "terminationGracePeriodSeconds": 30}}
                """.formatted(label, image);
    }

    /** Makes one that was there before. */
    public void put(String hash, String image, int number, int pods) {
        server.put(ResourceKind.REPLICA_SET, WorkloadWorld.NAMESPACE, """
                metadata:
                  name: checkout-%1$s
                  creationTimestamp: "2026-01-0%2$sT00:00:00Z"
                  labels: {app: checkout, %3$s: %1$s}
                  annotations: {%4$s: "%2$s"}
                  ownerReferences: [{kind: any, name: checkout, uid: %5$s, controller: true}]
                spec: {replicas: %6$s, template: %7$s}
                status: {replicas: %6$s, availableReplicas: %6$s}
                """.formatted(
                        hash,
                        number,
                        hashLabel,
                        numberAnnotation,
                        owner,
                        pods,
                        template(image, ", \"" + hashLabel + "\": \"" + hash + "\"")));
    }

    public List<ObjectNode> all() {
        try {
            return clusters.named("default").list(ResourceKind.REPLICA_SET, WorkloadWorld.NAMESPACE, Map.of()).stream()
                    .map(ObjectNode.class::cast)
                    .filter(object -> object.at("/metadata/ownerReferences/0/uid")
                            .asText()
                            .equals(owner))
                    .sorted(Comparator.comparing(
                            object -> object.at("/metadata/creationTimestamp").asText()))
                    .toList();
        } catch (ClusterException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The oldest one made of a template: Kubernetes, pkg/controller/deployment/util/deployment_util.go, and Argo Rollouts, utils/replicaset/replicaset.go,
     * both FindNewReplicaSet; the latter leaves out what it has put in itself.
     */
    public Optional<ObjectNode> ofTemplate(JsonNode template) {
        return all().stream()
                .filter(object -> bare(object).equals(bare(template, List.of())))
                .findFirst();
    }

    private JsonNode bare(JsonNode object) {
        var injected = object.at("/metadata/annotations")
                .path("rollout.argoproj.io/ephemeral-metadata")
                .asText("{}");
        List<String> labels = new ArrayList<>(List.of(hashLabel));
        Serialization.unmarshal(injected, ObjectNode.class)
                .path("labels")
                .fieldNames()
                .forEachRemaining(labels::add);
        return bare(object.at("/spec/template"), labels);
    }

    private static JsonNode bare(JsonNode template, List<String> labels) {
        ObjectNode copy = template.deepCopy();
        copy.withObject("/metadata").remove("creationTimestamp");
        copy.withObject("/metadata/labels").remove(labels);
        // Nobody but a controller writes one here.
        copy.withObject("/spec").remove("affinity");
        return copy;
    }

    /** Makes a new one without pods of a template there was not before; answers its hash. */
    public String make(JsonNode template) {
        var number = all().size() + 1;
        var hash = "made" + number;
        put(hash, "any", number, 0);
        change(hash, object -> {
            var made = object.withObject("/spec").set("template", template.deepCopy());
            ((ObjectNode) made).withObject("/template/metadata/labels").put(hashLabel, hash);
        });
        return hash;
    }

    /** Whether one was made of a template. */
    public boolean isOf(String hash, JsonNode template) {
        return all().stream().filter(object -> hashOf(object).equals(hash)).anyMatch(object -> bare(object)
                .equals(bare(template, List.of())));
    }

    /** Gives the newest revision the highest number: pkg/controller/deployment/sync.go, getNewReplicaSet. */
    public String number(String hash) {
        var others = all().stream()
                .filter(object -> !hashOf(object).equals(hash))
                .mapToInt(this::numberOf)
                .max()
                .orElse(0);
        var mine = all().stream()
                .filter(object -> hashOf(object).equals(hash))
                .findFirst()
                .orElseThrow();
        if (numberOf(mine) <= others) {
            change(hash, object -> object.withObject("/metadata/annotations")
                    .put(numberAnnotation, String.valueOf(others + 1)));
        }
        return String.valueOf(Math.max(numberOf(mine), others + 1));
    }

    private int numberOf(JsonNode object) {
        return object.at("/metadata/annotations").path(numberAnnotation).asInt();
    }

    public String hashOf(JsonNode object) {
        return object.at("/metadata/labels").path(hashLabel).asText();
    }

    /** Another number of pods, all of them available. */
    public void scale(String hash, int pods) {
        change(hash, object -> {
            object.withObject("/spec").put("replicas", pods);
            object.withObject("/status").put("replicas", pods).put("availableReplicas", pods);
        });
    }

    public void change(String hash, Consumer<ObjectNode> change) {
        server.change(ResourceKind.REPLICA_SET, WorkloadWorld.NAMESPACE, "checkout-" + hash, change);
    }

    /** What the statuses of one revision's ReplicaSet tell, or of all when no hash is given. */
    public int sum(String hash, String field) {
        return all().stream()
                .filter(object -> hash.isEmpty() || hashOf(object).equals(hash))
                .mapToInt(object -> object.path("status").path(field).asInt())
                .sum();
    }
}
