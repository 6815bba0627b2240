package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Outcome.Accepted;
import dev.portcullis.rollback.plan.Outcome.Advanced;
import dev.portcullis.rollback.plan.Outcome.Again;
import dev.portcullis.rollback.plan.Outcome.Refused;
import dev.portcullis.rollback.workload.GuardedPatch;
import java.time.Duration;

/** The one change a rollout needs next. It is refused by the API server when the rollout is no longer as it was seen. */
record RolloutChange(Rollouts rollouts, RolloutLook look) {
    private static final String VERSION = "/metadata/resourceVersion";

    Outcome make() throws ClusterException {
        return switch (look.next()) {
            case NONE, WAIT -> new Accepted(look.text());
            case LOOK_AGAIN -> new Again(look.text(), Duration.ZERO, false, true);
            case LEAVE_ALONE -> new Refused(look.text());
            case ABORT -> abort();
            case UNDO -> undo();
            case UNPAUSE -> unpause();
            case PROMOTE_FULL -> {
                throwSwitch("promoteFull");
                yield new Accepted(look.what() + " is promoted in full to " + look.wanted());
            }
        };
    }

    /** Looked at again: a controller that is just promoting it may not heed the abort. */
    private Outcome abort() throws ClusterException {
        throwSwitch("abort");
        return new Advanced(look.what() + " was aborted: from " + look.now().current() + " back to " + look.wanted());
    }

    /** What the steps of a release would keep on the bad revision comes next. */
    private Outcome undo() throws ClusterException {
        var holder = look.now().templateHolder();
        var patch = GuardedPatch.template(holder, look.wanted().template());
        var kind = look.now().workload().isPresent() ? ResourceKind.DEPLOYMENT : ArgoRolloutsKind.ROLLOUT;
        var name = holder.at("/metadata/name").asText();
        var after = rollouts.cluster().jsonPatch(kind, rollouts.settings().namespace(), name, patch);
        // It had the template before, and its controller makes something else of it: to go on at once would go on
        // without end.
        return after.at(VERSION).equals(holder.at(VERSION))
                ? new Again(look.text() + "; it has that pod template already", Duration.ZERO, false)
                : new Advanced(look.what() + " was given the pod template of " + look.wanted());
    }

    private Outcome unpause() throws ClusterException {
        var patch = GuardedPatch.unpaused(look.now().object());
        var settings = rollouts.settings();
        rollouts.cluster().mergePatch(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name(), patch);
        var text = look.what() + " was unpaused";
        return look.isStable() ? new Accepted(text) : new Advanced(text);
    }

    private void throwSwitch(String name) throws ClusterException {
        var patch = GuardedPatch.status(look.now().object(), name);
        var settings = rollouts.settings();
        rollouts.cluster().mergePatchStatus(ArgoRolloutsKind.ROLLOUT, settings.namespace(), settings.name(), patch);
    }
}
