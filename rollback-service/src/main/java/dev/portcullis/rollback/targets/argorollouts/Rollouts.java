package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.workload.GoneException;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.Optional;

/** The Rollout that settings name, in its cluster. Thread-safe. */
final class Rollouts {
    private final Cluster cluster;
    private final WorkloadSettings settings;

    Rollouts(Cluster cluster, WorkloadSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** The Rollout with the workload it refers to, as they are now; empty when there is no such Rollout. */
    Optional<RolloutState> read() throws ClusterException, GoneException {
        var found = cluster.get(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name());
        return found.isEmpty() ? Optional.empty() : Optional.of(new RolloutState(found.get(), workload(found.get())));
    }

    /** The name of the Deployment that has its pod template; empty when it has its own, or there is no such Rollout. */
    Optional<String> deployment() throws ClusterException {
        return cluster.get(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name())
                .map(rollout -> rollout.at("/spec/workloadRef"))
                .filter(Rollouts::refersToDeployment)
                .map(reference -> reference.path("name").asText());
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
    RolloutComparison comparison(WorkloadPin pin) throws ClusterException, GoneException {
        var now = read().orElseThrow(() -> new GoneException(what() + " is gone"));
        pin.checkUid(now.uid(), what());
        var kept = revisions(now);
        return new RolloutComparison(settings, now, kept, kept.wanted(pin, what()), pin);
    }

    /** "rollout shop/checkout". */
    String what() {
        return "rollout " + settings;
    }
}
