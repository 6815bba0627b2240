package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;

/**
 * An Application held against what it should be returned to.
 *
 * <p>What runs in the cluster is told by the history, to which Argo CD adds each sync of all resources that succeeded (controller/sync.go), and by how the
 * last operation went. {@code status.sync} is no witness: it compares with Git, so that after a rollback it says OutOfSync, and of another revision.
 */
record ApplicationComparison(Application application, ApplicationPin pin) {
    TargetObservation observation() {
        if (!application.uid().equals(pin.uid()) || application.isBeingDeleted()) {
            return new OutOfReach(
                    "the application was deleted" + (application.isBeingDeleted() ? "" : ", and made anew"));
        }
        if (application.operation().isPresent()) {
            return new NotRestored(application.operation().get() + " is under way" + state());
        }
        if (!isDeployed()) {
            return pin.in(application).isPresent()
                    ? new NotRestored("at " + where() + mishap())
                    : new OutOfReach(pin + " is in the history no more; at " + where());
        }
        return settled();
    }

    /** It was deployed; is it there to stay, and well? */
    private TargetObservation settled() {
        if (revertsByItself()) {
            return new NotRestored("at " + where() + ", but auto-sync is on and Git has another revision");
        }
        if (!isAssessed()) {
            return new NotRestored("at " + where() + "; its health was not looked at since");
        }
        return application.health().equals("Healthy")
                ? new Restored("at " + where() + ", Healthy, " + application.syncStatus() + " with Git" + offer())
                : new NotRestored("at " + where() + ", but " + application.health());
    }

    /** Whether what is wanted was deployed last, and nothing else was tried since. */
    boolean isDeployed() {
        var deployed = application.entry().filter(pin::is).isPresent();
        var tried =
                application.operationState().filter(state -> !state.request().isDryRun());
        return deployed
                && tried.map(state -> state.succeeded() && state.revisions().equals(pin.revisions()))
                        .orElse(true);
    }

    /** Whether auto-sync would take it back: it is on, and Git and cluster differ. */
    boolean revertsByItself() {
        return application.autoSync().isPresent() && !application.syncStatus().equals("Synced");
    }

    /** Argo CD compares, and looks at the health, once more when an operation has ended (controller/appcontroller.go); until then it shows an old health. */
    private boolean isAssessed() {
        var finished =
                application.operationState().map(OperationState::finishedAt).orElse("");
        return application.reconciledAt().compareTo(finished) >= 0;
    }

    private String where() {
        return application.entry().map(HistoryEntry::toString).orElse("nothing that was ever deployed");
    }

    private String state() {
        return application.operationState().map(state -> ", " + state).orElse("");
    }

    private String mishap() {
        return application
                .operationState()
                .filter(state -> !state.succeeded())
                .map(state -> "; last operation " + state)
                .orElse("");
    }

    private String offer() {
        return pin.autoSyncWas()
                .filter(was -> application.autoSync().isEmpty())
                .map(was -> "; auto-sync was switched off: " + was)
                .orElse("");
    }
}
