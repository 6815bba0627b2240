package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.time.Duration;

/** The next step of a rollback, from what was seen of the Application. */
record ArgoCdAction(Cluster cluster, ArgoCdSettings settings, Application application, Assignment assignment) {
    /** How soon an operation that is under way is looked at again. */
    private static final Duration SOON = Duration.ofMillis(500);

    ApplyResult take() {
        try {
            return taken();
        } catch (ClusterException e) {
            return e.result();
        }
    }

    private ApplyResult taken() throws ClusterException {
        var pin = ApplicationPin.of(assignment.target());
        var comparison = new ApplicationComparison(application, pin);
        var seen = comparison.observation();
        if (seen instanceof OutOfReach) {
            return new Refused(seen.text());
        }
        if (comparison.revertsByItself() || (application.autoSync().isPresent() && !comparison.isDeployed())) {
            return autoSyncIsInTheWay();
        }
        if (application.operation().isPresent()) {
            return waiting(application.operation().get(), seen);
        }
        return seen instanceof Restored || comparison.isDeployed() ? new Accepted(seen.text()) : synced(pin);
    }

    private ApplyResult autoSyncIsInTheWay() throws ClusterException {
        if (!settings.maySwitchOff()) {
            return new Refused("auto-sync is on and would take a rollback back; the policy says to refuse then");
        }
        patch(new ApplicationPatch(application).switchAutoSyncOff());
        var was = application.autoSync().orElseThrow().toString();
        return new Advanced("switched auto-sync off; on again, once Git is returned, by: "
                + new ArgoCdCommands(settings).switchOn(was));
    }

    /** Until it touches the cluster an operation of ours may fail for a reason that passes, such as a repository out of reach: then it is set again. */
    private ApplyResult waiting(SyncRequest operation, TargetObservation seen) {
        var begun =
                application.operationState().filter(OperationState::hasBegun).isPresent();
        return begun && operation.isOf(assignment.idempotencyKey())
                ? new Accepted(seen.text())
                : new Again(seen.text() + ends(operation), SOON, false, true);
    }

    private String ends(SyncRequest operation) {
        return operation.isOf(assignment.idempotencyKey())
                ? ""
                : "; it is ended by: argocd app terminate-op " + ShellQuoting.word(settings.qualifiedName());
    }

    private ApplyResult synced(ApplicationPin pin) throws ClusterException {
        var wanted = pin.in(application).orElseThrow();
        var key = assignment.idempotencyKey();
        patch(new ApplicationPatch(application)
                .setOperation(SyncRequest.rollback(application, wanted, settings.prune(), key)));
        var told = "told Argo CD to sync to " + wanted;
        return application
                .operationState()
                .filter(state -> state.request().isOf(key))
                .<ApplyResult>map(
                        last -> new Again("the last try is " + last + "; " + told + " again", Duration.ZERO, true))
                .orElse(new Advanced(told));
    }

    private void patch(ObjectNode patch) throws ClusterException {
        cluster.mergePatch(Application.KIND, settings.namespace(), settings.application(), patch);
    }
}
