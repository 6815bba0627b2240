package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.Notice;
import dev.portcullis.rollback.cluster.NoticePlace;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Advanced;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.workload.GoneException;
import dev.portcullis.rollback.workload.GuardedPatch;
import dev.portcullis.rollback.workload.Obstacles;
import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.Warnings;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.List;
import java.util.Optional;

/** The target of Deployments: puts the pod template of a kept ReplicaSet back, and unpauses. Thread-safe. */
public final class DeploymentTarget implements RollbackTarget {
    private final Clusters clusters;

    public DeploymentTarget(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String kind() {
        return DeploymentKind.NAME;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        var settings = WorkloadSettings.of(configured);
        try {
            var cluster = clusters.named(settings.cluster());
            var found = cluster.get(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name());
            if (found.isEmpty()) {
                return Obstacles.noTarget(what(settings) + " in cluster '" + settings.cluster() + "'");
            }
            var now = new DeploymentState(found.get());
            var kept = revisions(cluster, settings, now);
            var meant = kept.meant(settings.revisionLabel(), order.to());
            return meant.size() == 1
                    ? ready(order, configured, now, kept, meant.getFirst())
                    : Obstacles.notOne(meant, kept, settings.revisionLabel(), order.to());
        } catch (ClusterException e) {
            return e.readiness();
        }
    }

    @Override
    public List<Right> rights(TargetSettings target) {
        var settings = WorkloadSettings.of(target);
        var namespace = settings.namespace();
        return AccessReview.ofManifest(clusters, settings.cluster(), kind(), namespace)
                .of(List.of(
                        ResourceAccess.to("get", ResourceKind.DEPLOYMENT, namespace, settings.name()),
                        ResourceAccess.to("patch", ResourceKind.DEPLOYMENT, namespace, settings.name()),
                        ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, namespace)));
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
    public TargetObservation observe(Assignment assignment) {
        try {
            return comparison(assignment).observation();
        } catch (GoneException e) {
            return new TargetObservation.OutOfReach(e.text());
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        DeploymentComparison comparison;
        try {
            comparison = comparison(assignment);
        } catch (GoneException e) {
            return new Refused(e.text());
        } catch (ClusterException e) {
            return Obstacles.unchanged(e);
        }
        try {
            return applied(WorkloadSettings.of(assignment.target()), comparison);
        } catch (ClusterException e) {
            return e.result();
        }
    }

    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        var settings = WorkloadSettings.of(assignment.target());
        var place = new NoticePlace(
                settings.cluster(),
                ResourceKind.DEPLOYMENT,
                settings.namespace(),
                settings.name(),
                WorkloadPin.of(assignment.target()).uid());
        return new Notice(assignment, revision, place).leave(clusters);
    }

    /** Unpaused last, so that the template it leaves is not rolled out any further. */
    private ApplyResult applied(WorkloadSettings settings, DeploymentComparison comparison) throws ClusterException {
        if (comparison.hasMovedOn()) {
            return new Refused(comparison.text());
        }
        if (!comparison.hasWantedTemplate()) {
            return givenTemplate(settings, comparison);
        }
        return comparison.now().isPaused() && !comparison.isRestored()
                ? unpaused(settings, comparison)
                : new Accepted(comparison.text());
    }

    private ApplyResult givenTemplate(WorkloadSettings settings, DeploymentComparison comparison)
            throws ClusterException {
        var patch =
                GuardedPatch.template(comparison.object(), comparison.wanted().template());
        clusters.named(settings.cluster())
                .jsonPatch(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name(), patch);
        var text = what(settings) + " was given the pod template of " + comparison.wanted();
        return comparison.now().isPaused() ? new Advanced(text + "; it is paused") : new Accepted(text);
    }

    private ApplyResult unpaused(WorkloadSettings settings, DeploymentComparison comparison) throws ClusterException {
        var patch = GuardedPatch.unpaused(comparison.object());
        clusters.named(settings.cluster())
                .mergePatch(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name(), patch);
        return new Accepted(what(settings) + " was unpaused");
    }

    private DeploymentComparison comparison(Assignment assignment) throws ClusterException, GoneException {
        var settings = WorkloadSettings.of(assignment.target());
        var pin = WorkloadPin.of(assignment.target());
        var cluster = clusters.named(settings.cluster());
        var now = cluster.get(ResourceKind.DEPLOYMENT, settings.namespace(), settings.name())
                .map(DeploymentState::new)
                .orElseThrow(() -> new GoneException(what(settings) + " is gone"));
        if (!now.uid().equals(pin.uid())) {
            throw new GoneException(what(settings) + " was deleted and made anew since the rollback was prepared");
        }
        var kept = revisions(cluster, settings, now);
        var wanted = kept.wanted(pin)
                .orElseThrow(() -> new GoneException("ReplicaSet " + pin.replicaSet() + ", which kept revision "
                        + pin.hash() + " of " + what(settings) + ", is gone; kept: " + kept.told()));
        return new DeploymentComparison(settings, now, kept, wanted, pin);
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
    public String commandToApply(Assignment assignment) {
        var settings = WorkloadSettings.of(assignment.target());
        return "kubectl rollout undo deployment/" + settings.name() + " --to-revision="
                + WorkloadPin.of(assignment.target()).number() + " -n " + settings.namespace()
                + settings.commandComment();
    }

    @Override
    public String commandToLook(Assignment assignment) {
        var settings = WorkloadSettings.of(assignment.target());
        return "kubectl rollout status deployment/" + settings.name() + " --timeout=10s -n " + settings.namespace()
                + settings.commandComment();
    }
}
