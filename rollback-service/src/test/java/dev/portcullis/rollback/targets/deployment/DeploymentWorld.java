package dev.portcullis.rollback.targets.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.workload.ReplicaSets;
import dev.portcullis.rollback.workload.WorkloadTarget;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A cluster with the Deployment shop/checkout, whose second revision is bad, and with its controller: Kubernetes v1.34, pkg/controller/deployment (sync.go,
 * progress.go, util/deployment_util.go). A rolling update is done at once; a paused Deployment is numbered and counted, but not rolled.
 */
public final class DeploymentWorld extends WorkloadWorld {
    private static final String NUMBER = "deployment.kubernetes.io/revision";
    private static final int PODS = 3;

    final ReplicaSets replicaSets = new ReplicaSets(server, clusters, "uid-1", "pod-template-hash", NUMBER);

    public DeploymentWorld() {
        super("deployment", "pod-template-hash");
        replicaSets.put(GOOD, "1", 1, 0);
        replicaSets.put(BAD, "2", 2, PODS);
        server.put(ResourceKind.DEPLOYMENT, NAMESPACE, """
                metadata: {name: checkout, uid: uid-1, generation: 2, annotations: {%s: "2"}}
                spec: {replicas: %d, selector: {matchLabels: {app: checkout}}, template: %s}
                """.formatted(NUMBER, PODS, ReplicaSets.template("2")));
        work();
    }

    @Override
    public RollbackTarget target() {
        return new WorkloadTarget(clusters, new DeploymentWorkload());
    }

    JsonNode deployment() {
        return server.object(ResourceKind.DEPLOYMENT, NAMESPACE, "checkout").orElseThrow();
    }

    void change(Consumer<ObjectNode> change) {
        server.change(ResourceKind.DEPLOYMENT, NAMESPACE, "checkout", change);
    }

    @Override
    public synchronized void work() {
        var now = deployment();
        var template = now.at("/spec/template");
        var hash = replicaSets.ofTemplate(template).map(replicaSets::hashOf).orElse("");
        var paused = now.at("/spec/paused").asBoolean();
        if (hash.isEmpty() && !paused) {
            throw new AssertionError(
                    "no test has a template of which there is no ReplicaSet and a Deployment that is not paused");
        }
        var number =
                hash.isEmpty() ? now.at("/metadata/annotations").path(NUMBER).asText() : replicaSets.number(hash);
        if (!paused) {
            roll(hash, now.at("/spec/replicas").asInt());
        }
        var counts = Map.of(
                "replicas", replicaSets.sum("", "replicas"),
                "updatedReplicas", replicaSets.sum(hash, "replicas"),
                "availableReplicas", replicaSets.sum("", "availableReplicas"));
        // As the controller's own update: refused when somebody else was quicker, and then the next pass sees to it.
        change(object -> {
            if (object.at("/metadata/resourceVersion").equals(now.at("/metadata/resourceVersion"))) {
                object.withObject("/metadata/annotations").put(NUMBER, number);
                status(object, counts);
            }
        });
    }

    private void roll(String hash, int pods) {
        replicaSets.all().forEach(object -> {
            var own = replicaSets.hashOf(object);
            replicaSets.scale(own, own.equals(hash) ? pods : 0);
        });
    }

    /** Zeros are left out, as an API server does. */
    private static void status(ObjectNode object, Map<String, Integer> counts) {
        var status = object.withObject("/status");
        status.put("observedGeneration", object.at("/metadata/generation").asInt());
        counts.forEach((name, pods) -> {
            status.remove(name);
            if (pods > 0) {
                status.put(name, pods);
            }
        });
    }
}
