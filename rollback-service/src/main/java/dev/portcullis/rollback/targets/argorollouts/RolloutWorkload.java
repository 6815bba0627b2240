package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
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

/**
 * Rollouts: a release that progresses is aborted; one that was promoted is undone, to the revision that was ordered, and that is promoted in full.
 * Stateless.
 */
public final class RolloutWorkload implements WorkloadKind {
    /** Whether it progressed when it was prepared: which command people are told first. */
    private static final String PROGRESSED = "progressed";

    @Override
    public String target() {
        return ArgoRolloutsKind.NAME;
    }

    @Override
    public ResourceKind resource() {
        return ArgoRolloutsKind.ROLLOUT;
    }

    @Override
    public List<ResourceAccess> accesses(WorkloadSettings settings) {
        var namespace = settings.namespace();
        return List.of(
                ResourceAccess.to("get", ArgoRolloutsKind.ROLLOUT, namespace, settings.name()),
                ResourceAccess.to("patch", ArgoRolloutsKind.ROLLOUT, namespace, settings.name()),
                ResourceAccess.toStatus("patch", ArgoRolloutsKind.ROLLOUT, namespace, settings.name()),
                ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, namespace));
    }

    /** The accesses to a Deployment, only where the Rollout refers to one. */
    @Override
    public List<ResourceAccess> otherAccesses(Cluster cluster, WorkloadSettings settings) throws ClusterException {
        return new Rollouts(cluster, settings)
                .deployment()
                .map(name -> List.of(
                        ResourceAccess.to("get", ResourceKind.DEPLOYMENT, settings.namespace(), name),
                        ResourceAccess.to("patch", ResourceKind.DEPLOYMENT, settings.namespace(), name)))
                .orElse(List.of());
    }

    @Override
    public Readiness prepare(Cluster cluster, RollbackOrder order, TargetSettings configured)
            throws ClusterException, GoneException {
        var settings = WorkloadSettings.of(configured);
        var rollouts = new Rollouts(cluster, settings);
        var found = rollouts.read();
        return found.isPresent()
                ? chosen(order, configured, rollouts, found.get())
                : Obstacles.noTarget(rollouts.what() + " in cluster '" + settings.cluster() + "'");
    }

    private static Readiness chosen(RollbackOrder order, TargetSettings configured, Rollouts rollouts, RolloutState now)
            throws ClusterException {
        var unsupported = Rollouts.unsupported(now);
        if (unsupported.isPresent()) {
            return new Readiness.Blocked(
                    Obstacle.NOT_POSSIBLE,
                    rollouts.what() + " has its pod template in a " + unsupported.get()
                            + " (spec.workloadRef); legal: in itself or in a Deployment");
        }
        var kept = rollouts.revisions(now);
        var settings = WorkloadSettings.of(configured);
        var meant = kept.meant(settings.revisionLabel(), order.to());
        return meant.size() == 1
                ? ready(order, configured, comparison(settings, now, kept, meant.getFirst()))
                : Obstacles.notOne(meant, kept, settings.revisionLabel(), order.to());
    }

    private static RolloutComparison comparison(
            WorkloadSettings settings, RolloutState now, Revisions kept, Revision wanted) {
        return new RolloutComparison(settings, now, kept, wanted, WorkloadPin.of(now.uid(), wanted, now.current()));
    }

    private static Readiness ready(RollbackOrder order, TargetSettings configured, RolloutComparison comparison) {
        var progresses = comparison.isStable();
        var pinned = comparison.pin().addedTo(configured).with(PROGRESSED, Boolean.toString(progresses));
        var goal = comparison.what() + " has all of its traffic on " + comparison.wanted()
                + (progresses
                        ? ", the stable revision, by an abort"
                        : ", by an undo and a full promotion without steps");
        var warnings = List.of(
                Warnings.leaves(
                        order,
                        running(comparison.now(), comparison.revisions()),
                        comparison.settings().revisionLabel()),
                Warnings.paused(comparison.now().isPaused()),
                gitOps(comparison.now(), progresses));
        return new Readiness.Ready(pinned, comparison.observation(), goal, warnings);
    }

    private static List<Revision> running(RolloutState now, Revisions kept) {
        return kept.matching(revision ->
                revision.hash().equals(now.stable()) || revision.hash().equals(now.current()));
    }

    private static Precondition gitOps(RolloutState now, boolean progresses) {
        return progresses
                ? Warnings.gitOps(true, "an abort is in the status, which GitOps leaves alone")
                : Warnings.gitOps(now.templateHolder());
    }

    @Override
    public WorkloadComparison compare(Cluster cluster, TargetSettings target) throws ClusterException, GoneException {
        return new Rollouts(cluster, WorkloadSettings.of(target)).comparison(WorkloadPin.of(target));
    }

    /** Both ways, the likely one first: which is right depends on whether it was promoted in the meantime. */
    @Override
    public String commandToApply(TargetSettings target) {
        var abort = command(target, "abort", "");
        var undo = command(
                        target,
                        "undo",
                        " --to-revision=" + WorkloadPin.of(target).number()) + " && "
                + command(target, "promote", " --full");
        var progressed = target.required(PROGRESSED).equals("true");
        return (progressed ? abort : undo)
                + WorkloadSettings.of(target).commandComment()
                + (progressed ? " # once promoted: " + undo : "");
    }

    @Override
    public String commandToLook(TargetSettings target) {
        return command(target, "get rollout", "") + WorkloadSettings.of(target).commandComment();
    }

    private static String command(TargetSettings target, String verb, String more) {
        var settings = WorkloadSettings.of(target);
        return "kubectl argo rollouts " + verb + " " + settings.name() + more + " -n " + settings.namespace();
    }
}
