package dev.portcullis.rollback.target.argocd;

import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Outcome.Again;
import dev.portcullis.rollback.plan.Outcome.Refused;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.OutOfReach;
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
    public Readiness prepare(ReturnOrder order, TargetSettings configured) {
        var settings = ArgoCdSettings.of(configured);
        try {
            return new Preparation(clusters.named(settings.cluster()), settings, configured).of(order);
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
    public Sighting observe(Assignment assignment) {
        var settings = ArgoCdSettings.of(assignment.target());
        try {
            var found = application(clusters.named(settings.cluster()), settings);
            return found.isEmpty()
                    ? new OutOfReach("there is no application " + settings.qualifiedName() + " any more")
                    : new Look(found.get(), Pin.of(assignment.target())).sighting();
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public Outcome apply(Assignment assignment) {
        var settings = ArgoCdSettings.of(assignment.target());
        try {
            var cluster = clusters.named(settings.cluster());
            var found = application(cluster, settings);
            return found.isEmpty()
                    ? new Refused("there is no application " + settings.qualifiedName() + " any more")
                    : new NextStep(cluster, settings, found.get(), assignment).take();
        } catch (ClusterException e) {
            return unseen(e);
        }
    }

    /** What a look that failed means for a try to change: that nothing was. */
    private static Outcome unseen(ClusterException e) {
        return e.outcome() instanceof Again again ? again.withoutEffect() : e.outcome();
    }

    private static Optional<Application> application(Cluster cluster, ArgoCdSettings settings) throws ClusterException {
        return cluster.get(Application.KIND, settings.namespace(), settings.application())
                .map(Application::new);
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return new Commands(ArgoCdSettings.of(assignment.target())).apply(Pin.of(assignment.target()));
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return new Commands(ArgoCdSettings.of(assignment.target())).look();
    }
}
