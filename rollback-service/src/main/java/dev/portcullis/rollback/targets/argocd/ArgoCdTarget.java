package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The target of services that Argo CD deploys: its Application is synced to an entry of its history. Thread-safe. */
public final class ArgoCdTarget implements RollbackTarget {
    private final Clusters clusters;

    public ArgoCdTarget(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String kind() {
        return ArgoCdKind.NAME;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        var settings = ArgoCdSettings.of(configured);
        try {
            return new ApplicationPreparation(clusters.named(settings.cluster()), settings, configured).of(order);
        } catch (ClusterException e) {
            return e.readiness();
        }
    }

    @Override
    public List<Right> rights(TargetSettings target) {
        var settings = ArgoCdSettings.of(target);
        var namespace = settings.namespace();
        List<ResourceAccess> accesses = new ArrayList<>();
        accesses.add(ResourceAccess.to("get", Application.KIND, namespace, settings.application()));
        accesses.add(ResourceAccess.to("patch", Application.KIND, namespace, settings.application()));
        maker(settings).ifPresent(set -> accesses.add(ResourceAccess.to("get", ApplicationSets.KIND, namespace, set)));
        return AccessReview.ofManifest(clusters, settings.cluster(), kind(), namespace)
                .of(accesses);
    }

    /** The ApplicationSet that is looked at before auto-sync is switched off; none where the application cannot be read, which is a right of its own. */
    private Optional<String> maker(ArgoCdSettings settings) {
        if (!settings.maySwitchOff()) {
            return Optional.empty();
        }
        try {
            return application(clusters.named(settings.cluster()), settings).flatMap(ApplicationSets::maker);
        } catch (ClusterException e) {
            return Optional.empty();
        }
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        var settings = ArgoCdSettings.of(assignment.target());
        try {
            var found = application(clusters.named(settings.cluster()), settings);
            return found.isEmpty()
                    ? new OutOfReach("there is no application " + settings.qualifiedName() + " any more")
                    : new ApplicationComparison(found.get(), ApplicationPin.of(assignment.target())).observation();
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var settings = ArgoCdSettings.of(assignment.target());
        try {
            var cluster = clusters.named(settings.cluster());
            var found = application(cluster, settings);
            return found.isEmpty()
                    ? new Refused("there is no application " + settings.qualifiedName() + " any more")
                    : new ArgoCdAction(cluster, settings, found.get(), assignment).take();
        } catch (ClusterException e) {
            return e.resultOfLook();
        }
    }

    private static Optional<Application> application(Cluster cluster, ArgoCdSettings settings) throws ClusterException {
        return cluster.get(Application.KIND, settings.namespace(), settings.application())
                .map(Application::new);
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return new ArgoCdCommands(ArgoCdSettings.of(assignment.target())).apply(ApplicationPin.of(assignment.target()));
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return new ArgoCdCommands(ArgoCdSettings.of(assignment.target())).look();
    }
}
