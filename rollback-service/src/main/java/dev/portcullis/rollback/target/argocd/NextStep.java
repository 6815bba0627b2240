package dev.portcullis.rollback.target.argocd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Outcome.Accepted;
import dev.portcullis.rollback.plan.Outcome.Advanced;
import dev.portcullis.rollback.plan.Outcome.Again;
import dev.portcullis.rollback.plan.Outcome.Refused;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.OutOfReach;
import dev.portcullis.rollback.plan.Sighting.Restored;
import java.time.Duration;

/** The next step of a rollback, from what was seen of the Application. */
record NextStep(Cluster cluster, ArgoCdSettings settings, Application application, Assignment assignment) {
    /** How soon an operation that is under way is looked at again. */
    private static final Duration SOON = Duration.ofMillis(500);

    Outcome take() {
        try {
            return taken();
        } catch (ClusterException e) {
            return e.outcome();
        }
    }

    private Outcome taken() throws ClusterException {
        var pin = Pin.of(assignment.target());
        var look = new Look(application, pin);
        var seen = look.sighting();
        if (seen instanceof OutOfReach) {
            return new Refused(seen.text());
        }
        if (look.revertsByItself() || (application.autoSync().isPresent() && !look.isDeployed())) {
            return autoSyncIsInTheWay();
        }
        if (application.operation().isPresent()) {
            return waiting(application.operation().get(), seen);
        }
        return seen instanceof Restored || look.isDeployed() ? new Accepted(seen.text()) : synced(pin);
    }

    private Outcome autoSyncIsInTheWay() throws ClusterException {
        if (!settings.maySwitchOff()) {
            return new Refused("auto-sync is on and would take a rollback back; the policy says to refuse then");
        }
        patch(new Change(application).switchAutoSyncOff());
        var was = application.autoSync().orElseThrow().toString();
        return new Advanced(
                "switched auto-sync off; on again, once Git is returned, by: " + new Commands(settings).switchOn(was));
    }

    /** Until it touches the cluster an operation of ours may fail for a reason that passes, such as a repository out of reach: then it is set again. */
    private Outcome waiting(SyncRequest operation, Sighting seen) {
        var begun =
                application.operationState().filter(OperationState::hasBegun).isPresent();
        return begun && operation.isOf(assignment.idempotencyKey())
                ? new Accepted(seen.text())
                : new Again(seen.text() + ends(operation), SOON, false, true);
    }

    private String ends(SyncRequest operation) {
        return operation.isOf(assignment.idempotencyKey())
                ? ""
                : "; it is ended by: argocd app terminate-op " + Quoted.word(settings.qualifiedName());
    }

    private Outcome synced(Pin pin) throws ClusterException {
        var wanted = pin.in(application).orElseThrow();
        var key = assignment.idempotencyKey();
        patch(new Change(application).setOperation(SyncRequest.rollback(application, wanted, settings.prune(), key)));
        var told = "told Argo CD to sync to " + wanted;
        return application
                .operationState()
                .filter(state -> state.request().isOf(key))
                .<Outcome>map(
                        last -> new Again("the last try is " + last + "; " + told + " again", Duration.ZERO, true))
                .orElse(new Advanced(told));
    }

    private void patch(ObjectNode patch) throws ClusterException {
        cluster.mergePatch(Application.KIND, settings.namespace(), settings.application(), patch);
    }
}
