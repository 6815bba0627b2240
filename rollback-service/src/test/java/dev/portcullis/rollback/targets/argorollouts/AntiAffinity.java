package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.workload.ReplicaSets;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * What Argo Rollouts does when a strategy has antiAffinity, canaryMetadata and stableMetadata: it marks the pods, and keeps those of two revisions apart. Its
 * controller (seen after 1.9.1) then does not find the ReplicaSet again that it made of a template before, and makes another one of another hash.
 */
record AntiAffinity(ReplicaSets replicaSets) {
    static final String STRATEGY = """
            {canary: {antiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}},
                      canaryMetadata: {labels: {role: canary}}, stableMetadata: {labels: {role: stable}},
                      steps: [{setWeight: 20}, {pause: {}}]}}""";

    static boolean isMeant(JsonNode rollout) {
        return rollout.at("/spec/strategy/canary/canaryMetadata").isObject();
    }

    /** Makes a ReplicaSet of a template, whatever others there are. */
    String make(JsonNode template, String stable) {
        var hash = replicaSets.make(template);
        mark(hash, "canary", stable);
        return hash;
    }

    /** Marks the pods of a revision, and keeps them apart from those of another. */
    void mark(String hash, String role, String other) {
        replicaSets.change(hash, object -> {
            object.withObject("/metadata/annotations")
                    .put("rollout.argoproj.io/ephemeral-metadata", "{\"labels\":{\"role\":\"" + role + "\"}}");
            object.withObject("/spec/template/metadata/labels").put("role", role);
            var rule = """
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - labelSelector:
                          matchExpressions: [{key: rollouts-pod-template-hash, operator: In, values: ["%s"]}]
                        topologyKey: kubernetes.io/hostname
                    """.formatted(other);
            object.withObject("/spec/template/spec").set("affinity", Serialization.unmarshal(rule, ObjectNode.class));
        });
    }
}
