package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.GitOps;
import dev.portcullis.rollback.cluster.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Deployments and StatefulSets of a release, in its namespace. Helm calls a release deployed when the API server has taken its objects; whether the pods
 * are there is to be seen on these. They are known by the marks that helm sets on all it makes since 3.2 (pkg/action/validate.go).
 */
record Workloads(Cluster cluster, HelmSettings settings) {
    static final ResourceKind STATEFUL_SET = new ResourceKind("apps", "v1", "statefulsets", "StatefulSet");
    private static final Map<String, String> OF_HELM = Map.of("app.kubernetes.io/managed-by", "Helm");

    /** What is not rolled out yet, e.g. "Deployment checkout: 1 of 3 pods updated"; empty when all are. */
    Optional<String> unfinished() throws ClusterException {
        for (var deployment : all(ResourceKind.DEPLOYMENT)) {
            var lack = ofDeployment(deployment);
            if (lack.isPresent()) {
                return lack.map(what -> "Deployment " + name(deployment) + ": " + what);
            }
        }
        for (var set : all(STATEFUL_SET)) {
            var lack = ofStatefulSet(set);
            if (lack.isPresent()) {
                return lack.map(what -> "StatefulSet " + name(set) + ": " + what);
            }
        }
        return Optional.empty();
    }

    /** Who keeps the release as some other place has it, as the marks on its workloads tell. */
    Optional<String> keeper() throws ClusterException {
        return all().stream()
                .flatMap(workload -> GitOps.reverter(workload).stream())
                .findFirst();
    }

    /** All of them. */
    List<JsonNode> all() throws ClusterException {
        List<JsonNode> both = new ArrayList<>(all(ResourceKind.DEPLOYMENT));
        both.addAll(all(STATEFUL_SET));
        return both;
    }

    private List<JsonNode> all(ResourceKind kind) throws ClusterException {
        return cluster.list(kind, settings.namespace(), OF_HELM).stream()
                .filter(workload -> workload.at("/metadata/annotations")
                        .path("meta.helm.sh/release-name")
                        .asText()
                        .equals(settings.release()))
                .toList();
    }

    private static String name(JsonNode workload) {
        return workload.at("/metadata/name").asText();
    }

    /** As {@code kubectl rollout status} counts. */
    private static Optional<String> ofDeployment(JsonNode deployment) {
        var wanted = deployment.at("/spec/replicas").asInt(1);
        var status = deployment.path("status");
        var updated = status.path("updatedReplicas").asInt();
        var old = status.path("replicas").asInt() - updated;
        var available = status.path("availableReplicas").asInt();
        if (isUnseen(deployment)) {
            return Optional.of("its controller has not seen it yet");
        }
        if (updated < wanted) {
            return Optional.of(updated + " of " + wanted + " pods updated");
        }
        return old > 0
                ? Optional.of(old + " old pods are still there")
                : available < updated
                        ? Optional.of(available + " of " + updated + " pods available")
                        : Optional.empty();
    }

    private static Optional<String> ofStatefulSet(JsonNode set) {
        var wanted = set.at("/spec/replicas").asInt(1);
        var status = set.path("status");
        var ready = status.path("readyReplicas").asInt();
        var rolling = !set.at("/spec/updateStrategy/type").asText("").equals("OnDelete")
                && !status.path("updateRevision").equals(status.path("currentRevision"));
        if (isUnseen(set)) {
            return Optional.of("its controller has not seen it yet");
        }
        return rolling
                ? Optional.of(status.path("updatedReplicas").asInt() + " of " + wanted + " pods updated")
                : ready < wanted ? Optional.of(ready + " of " + wanted + " pods ready") : Optional.empty();
    }

    private static boolean isUnseen(JsonNode workload) {
        return workload.at("/status/observedGeneration").asLong()
                < workload.at("/metadata/generation").asLong();
    }
}
