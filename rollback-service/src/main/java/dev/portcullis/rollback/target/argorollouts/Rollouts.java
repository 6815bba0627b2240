package dev.portcullis.rollback.target.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.workload.GoneException;
import dev.portcullis.rollback.workload.Pin;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.Optional;

/** The Rollout that settings name, in its cluster. Thread-safe. */
record Rollouts(Cluster cluster, WorkloadSettings settings) {
    /** The Rollout with the workload it refers to, as they are now; empty when there is no such Rollout. */
    Optional<RolloutState> read() throws ClusterException, GoneException {
        var found = cluster.get(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name());
        return found.isEmpty() ? Optional.empty() : Optional.of(new RolloutState(found.get(), workload(found.get())));
    }

    private Optional<JsonNode> workload(JsonNode rollout) throws ClusterException, GoneException {
        var reference = rollout.at("/spec/workloadRef");
        if (!refersToDeployment(reference)) {
            return Optional.empty();
        }
        var name = reference.path("name").asText();
        var found = cluster.get(ResourceKind.DEPLOYMENT, settings.namespace(), name);
        if (found.isEmpty()) {
            throw new GoneException("there is no deployment " + settings.namespace() + "/" + name
                    + ", which has the pod template of " + what());
        }
        return found;
    }

    private static boolean refersToDeployment(JsonNode reference) {
        return reference.path("kind").asText().equals(ResourceKind.DEPLOYMENT.kind());
    }

    /** The kind of object it refers to that is not supported; empty when there is none. */
    static Optional<String> unsupported(RolloutState rollout) {
        var reference = rollout.object().at("/spec/workloadRef");
        return reference.isObject() && !refersToDeployment(reference)
                ? Optional.of(reference.path("kind").asText())
                : Optional.empty();
    }

    /** With a workload of its own the Rollout has no selector: that of the workload counts. */
    Revisions revisions(RolloutState rollout) throws ClusterException {
        var own = rollout.object().at("/spec/selector");
        var selector = own.isObject() ? own : rollout.templateHolder().at("/spec/selector");
        return Revisions.read(cluster, settings.namespace(), rollout.object(), selector, ArgoRolloutsKind.MARKS);
    }

    /** @throws GoneException when the Rollout or the revision to return to is not there any more */
    RolloutLook look(Pin pin) throws ClusterException, GoneException {
        var now = read().orElseThrow(() -> new GoneException(what() + " is gone"));
        if (!now.uid().equals(pin.uid())) {
            throw new GoneException(what() + " was deleted and made anew since the rollback was prepared");
        }
        var kept = revisions(now);
        var wanted = kept.named(pin.replicaSet())
                .orElseThrow(() -> new GoneException("ReplicaSet " + pin.replicaSet() + ", which kept revision "
                        + pin.hash() + " of " + what() + ", is gone; kept: " + kept.told()));
        return new RolloutLook(what(), now, kept, wanted, pin);
    }

    /** "rollout shop/checkout". */
    String what() {
        return "rollout " + settings;
    }
}
