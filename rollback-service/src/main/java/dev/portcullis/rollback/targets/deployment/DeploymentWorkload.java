package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.workload.GoneException;
import dev.portcullis.rollback.workload.Obstacles;
import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.Warnings;
import dev.portcullis.rollback.workload.WorkloadComparison;
import dev.portcullis.rollback.workload.WorkloadKind;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.List;
import java.util.Optional;

/** Deployments: the pod template of a kept ReplicaSet is put back, and a paused one is unpaused. Stateless. */
public final class DeploymentWorkload implements WorkloadKind {
    @Override
    public String target() {
        return DeploymentKind.NAME;
    }

    @Override
    public ResourceKind resource() {
        return ResourceKind.DEPLOYMENT;
    }

    @Override
    public List<ResourceAccess> accesses(WorkloadSettings settings) {
        var namespace = settings.namespace();
        return List.of(
                ResourceAccess.to("get", ResourceKind.DEPLOYMENT, namespace, settings.name()),
                ResourceAccess.to("patch", ResourceKind.DEPLOYMENT, namespace, settings.name()),
                ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, namespace));
    }

    @Override
    public Readiness prepare(Cluster cluster, RollbackOrder order, TargetSettings configured) throws ClusterException {
        var settings = WorkloadSettings.of(configured);
        var found = read(cluster, settings);
        if (found.isEmpty()) {
            return Obstacles.noTarget(what(settings) + " in cluster '" + settings.cluster() + "'");
        }
        var now = found.get();
        var kept = revisions(cluster, settings, now);
        var meant = kept.meant(settings.revisionLabel(), order.to());
        return meant.size() == 1
                ? ready(order, configured, now, kept, meant.getFirst())
                : Obstacles.notOne(meant, kept, settings.revisionLabel(), order.to());
    }

    private static Readiness ready(
            RollbackOrder order, TargetSettings configured, DeploymentState now, Revisions kept, Revision wanted) {
        var settings = WorkloadSettings.of(configured);
        var left = now.template().fingerprint();
        var pin = WorkloadPin.of(now.uid(), wanted, left);
        var comparison = new DeploymentComparison(settings, now, kept, wanted, pin);
        var running = kept.matching(revision -> revision.template().equals(now.template()) || revision.pods() > 0);
        var warnings = List.of(
                Warnings.leaves(order, running, settings.revisionLabel()),
                Warnings.paused(now.isPaused()),
                Warnings.gitOps(now.object()));
        var goal = what(settings) + " has all of its pods from the template of " + wanted;
        return new Readiness.Ready(pin.addedTo(configured), comparison.observation(), goal, warnings);
    }

    @Override
    public WorkloadComparison compare(Cluster cluster, TargetSettings target) throws ClusterException, GoneException {
        var settings = WorkloadSettings.of(target);
        var pin = WorkloadPin.of(target);
        var now = read(cluster, settings).orElseThrow(() -> new GoneException(what(settings) + " is gone"));
        pin.checkUid(now.uid(), what(settings));
        var kept = revisions(cluster, settings, now);
        return new DeploymentComparison(settings, now, kept, kept.wanted(pin, what(settings)), pin);
    }

    private static Optional<DeploymentState> read(Cluster cluster, WorkloadSettings settings) throws ClusterException {
        return cluster.get(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name())
                .map(DeploymentState::new);
    }

    private static Revisions revisions(Cluster cluster, WorkloadSettings settings, DeploymentState now)
            throws ClusterException {
        var selector = now.object().at("/spec/selector");
        return Revisions.read(cluster, settings.namespace(), now.object(), selector, DeploymentKind.MARKS);
    }

    private static String what(WorkloadSettings settings) {
        return "deployment " + settings;
    }

    @Override
    public String commandToApply(TargetSettings target) {
        var settings = WorkloadSettings.of(target);
        return "kubectl rollout undo deployment/" + settings.name() + " --to-revision="
                + WorkloadPin.of(target).number() + " -n " + settings.namespace()
                + settings.commandComment();
    }

    @Override
    public String commandToLook(TargetSettings target) {
        var settings = WorkloadSettings.of(target);
        return "kubectl rollout status deployment/" + settings.name() + " --timeout=10s -n " + settings.namespace()
                + settings.commandComment();
    }
}
