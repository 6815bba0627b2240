package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.workload.GuardedPatch;

/** The one change a Deployment needs next. It is refused by the API server when the Deployment is no longer as it was seen. */
final class DeploymentChange {
    private final Cluster cluster;
    private final DeploymentComparison comparison;

    DeploymentChange(Cluster cluster, DeploymentComparison comparison) {
        this.cluster = cluster;
        this.comparison = comparison;
    }

    /** Unpaused last, so that the template it leaves is not rolled out any further. */
    ApplyResult make() throws ClusterException {
        if (comparison.hasMovedOn()) {
            return new Refused(comparison.text());
        }
        if (!comparison.hasWantedTemplate()) {
            return giveTemplate();
        }
        return comparison.now().isPaused() && !comparison.isRestored() ? unpause() : new Accepted(comparison.text());
    }

    private ApplyResult giveTemplate() throws ClusterException {
        var patch =
                GuardedPatch.template(comparison.object(), comparison.wanted().template());
        var settings = comparison.settings();
        cluster.jsonPatch(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name(), patch);
        var text = comparison.what() + " was given the pod template of " + comparison.wanted();
        return comparison.now().isPaused() ? new Advanced(text + "; it is paused") : new Accepted(text);
    }

    private ApplyResult unpause() throws ClusterException {
        var patch = GuardedPatch.unpaused(comparison.object());
        var settings = comparison.settings();
        cluster.mergePatch(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name(), patch);
        return new Accepted(comparison.what() + " was unpaused");
    }
}
