package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.workload.GuardedPatch;
import java.time.Duration;

/** The one change a rollout needs next. It is refused by the API server when the rollout is no longer as it was seen. */
final class RolloutChange {
    private static final String VERSION = "/metadata/resourceVersion";

    private final Cluster cluster;
    private final RolloutComparison comparison;

    RolloutChange(Cluster cluster, RolloutComparison comparison) {
        this.cluster = cluster;
        this.comparison = comparison;
    }

    ApplyResult make() throws ClusterException {
        return switch (comparison.next()) {
            case NONE, WAIT -> new Accepted(comparison.text());
            case LOOK_AGAIN -> new Again(comparison.text(), Duration.ZERO, false, true);
            case LEAVE_ALONE -> new Refused(comparison.text());
            case ABORT -> abort();
            case UNDO -> undo();
            case UNPAUSE -> unpause();
            case PROMOTE_FULL -> {
                throwSwitch("promoteFull");
                yield new Accepted(comparison.what() + " is promoted in full to " + comparison.wanted());
            }
        };
    }

    /** Looked at again: a controller that is just promoting it may not heed the abort. */
    private ApplyResult abort() throws ClusterException {
        throwSwitch("abort");
        return new Advanced(comparison.what() + " was aborted: from "
                + comparison.now().current() + " back to " + comparison.wanted());
    }

    /** What the steps of a release would keep on the bad revision comes next. */
    private ApplyResult undo() throws ClusterException {
        var holder = comparison.now().templateHolder();
        var patch = GuardedPatch.template(holder, comparison.wanted().template());
        var kind = comparison.now().workload().isPresent() ? ResourceKind.DEPLOYMENT : ArgoRolloutsKind.ROLLOUT;
        var name = holder.at("/metadata/name").asText();
        var after = cluster.jsonPatch(kind, comparison.settings().namespace(), name, patch);
        // It had the template before, and its controller makes something else of it: to go on at once would go on
        // without end.
        return after.at(VERSION).equals(holder.at(VERSION))
                ? new Again(comparison.text() + "; it has that pod template already", Duration.ZERO, false)
                : new Advanced(comparison.what() + " was given the pod template of " + comparison.wanted());
    }

    private ApplyResult unpause() throws ClusterException {
        var patch = GuardedPatch.unpaused(comparison.now().object());
        var settings = comparison.settings();
        cluster.mergePatch(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name(), patch);
        var text = comparison.what() + " was unpaused";
        return comparison.isStable() ? new Accepted(text) : new Advanced(text);
    }

    private void throwSwitch(String name) throws ClusterException {
        var patch = GuardedPatch.status(comparison.now().object(), name);
        var settings = comparison.settings();
        cluster.mergePatchStatus(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name(), patch);
    }
}
