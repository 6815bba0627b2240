package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.GitOps;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A look at an Application before a rollback. */
record ApplicationPreparation(Cluster cluster, ArgoCdSettings settings, TargetSettings configured) {
    Readiness of(RollbackOrder order) throws ClusterException {
        var found = cluster.get(Application.KIND, settings.namespace(), settings.application())
                .map(Application::new);
        if (found.isEmpty()) {
            return new Blocked(
                    Obstacle.TARGET_NOT_FOUND,
                    "there is no application " + settings.qualifiedName() + " in cluster '" + settings.cluster() + "'");
        }
        var application = found.get();
        if (application.isBeingDeleted()) {
            return blocked(Obstacle.NOT_POSSIBLE, "is being deleted");
        }
        return switch (WantedEntry.find(application, order.to())) {
            case WantedEntry.None none ->
                blocked(none.why().obstacle(), none.why().text());
            case WantedEntry.Found wanted -> sourced(application, wanted.entry());
        };
    }

    private Readiness sourced(Application application, HistoryEntry wanted) throws ClusterException {
        return wanted.hasSources()
                ? ready(application, wanted)
                : blocked(Obstacle.NOT_POSSIBLE, wanted + " has no source: it was deployed by Argo CD 0.11 or older");
    }

    private Readiness ready(Application application, HistoryEntry wanted) throws ClusterException {
        var pin = ApplicationPin.of(application, wanted);
        var now = new ApplicationComparison(application, pin).observation();
        var proposal = new GitProposal(application, application.entry().orElse(wanted), wanted);
        if (!(now instanceof Restored)) {
            var reverter = reverter(application, proposal);
            if (reverter.isPresent()) {
                return reverter.get();
            }
        }
        return new Ready(pin.into(configured), now, goal(wanted), preconditions(application, pin, proposal));
    }

    private String goal(HistoryEntry wanted) {
        return "application " + settings.qualifiedName() + " is at " + wanted + ", Healthy";
    }

    /** Who would take the rollback back, and may. */
    private Optional<Readiness> reverter(Application application, GitProposal proposal) throws ClusterException {
        if (application.autoSync().isEmpty()) {
            return Optional.empty();
        }
        if (!settings.maySwitchOff()) {
            return Optional.of(blocked(
                    Obstacle.GITOPS_REVERTS,
                    "auto-sync is on (" + application.autoSync().get() + ") and would take a rollback back; "
                            + "autoSync: switch-off in the policy lets it be switched off; or return Git: "
                            + proposal.text()));
        }
        return new ApplicationSets(cluster, settings.namespace())
                .reverter(application)
                .map(set -> blocked(
                        Obstacle.GITOPS_REVERTS,
                        "ApplicationSet " + set
                                + " would switch auto-sync on again; legal: /spec/syncPolicy in jsonPointers of its "
                                + "ignoreApplicationDifferences; or return Git: " + proposal.text()));
    }

    private List<Precondition> preconditions(Application application, ApplicationPin pin, GitProposal proposal) {
        List<Precondition> seen = new ArrayList<>();
        var operation = application.operation();
        seen.add(new Precondition(
                "NO_OPERATION_RUNNING",
                operation.isEmpty(),
                operation
                        .map(running -> running + " is under way and is waited for")
                        .orElse("no operation is under way")));
        seen.add(new Precondition(
                "AUTO_SYNC_OFF",
                pin.autoSyncWas().isEmpty(),
                pin.autoSyncWas().map(this::switchedOff).orElse("auto-sync is off")));
        seen.add(new Precondition(
                "GIT_AGREES",
                proposal.isDone(),
                proposal.isDone() ? "Git has the revision" : "OutOfSync until Git is returned: " + proposal.text()));
        if (pin.autoSyncWas().isPresent()) {
            var keeper = GitOps.reverter(application.object());
            seen.add(new Precondition(
                    "NOT_KEPT_BY_GITOPS",
                    keeper.isEmpty(),
                    keeper.map(who -> who + " keeps this application, and may switch auto-sync on again")
                            .orElse("nobody has left a mark of keeping the application")));
        }
        return seen;
    }

    private String switchedOff(String was) {
        return "auto-sync is on, is switched off, and stays off; on again, once Git is returned, by: "
                + new ArgoCdCommands(settings).switchOn(was);
    }

    private Blocked blocked(Obstacle obstacle, String what) {
        return new Blocked(obstacle, "application " + settings.qualifiedName() + ": " + what);
    }
}
