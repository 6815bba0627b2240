package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.Notice;
import dev.portcullis.rollback.cluster.NoticePlace;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.workload.GoneException;
import dev.portcullis.rollback.workload.Obstacles;
import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.Warnings;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of Rollouts: a release that progresses is aborted; one that was promoted is undone, to the revision that was ordered, and that is promoted in full.
 * Thread-safe.
 */
public final class ArgoRolloutsTarget implements RollbackTarget {
    /** Whether it progressed when it was prepared: which command people are told first. */
    private static final String PROGRESSED = "progressed";

    private final Clusters clusters;

    public ArgoRolloutsTarget(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String kind() {
        return ArgoRolloutsKind.NAME;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        try {
            var rollouts = rollouts(configured);
            var found = rollouts.read();
            return found.isPresent()
                    ? chosen(order, configured, rollouts, found.get())
                    : Obstacles.noTarget(rollouts.what() + " in cluster '"
                            + rollouts.settings().cluster() + "'");
        } catch (GoneException e) {
            return new Readiness.Blocked(Obstacle.TARGET_NOT_FOUND, e.text());
        } catch (ClusterException e) {
            return e.readiness();
        }
    }

    @Override
    public List<Right> rights(TargetSettings target) {
        var settings = WorkloadSettings.of(target);
        return AccessReview.ofManifest(clusters, settings.cluster(), kind(), settings.namespace())
                .of(accesses(target, settings));
    }

    /** Those to a Deployment only where the Rollout refers to one; where it cannot be read, that right is missing, or it is no time to ask for more. */
    private List<ResourceAccess> accesses(TargetSettings target, WorkloadSettings settings) {
        List<ResourceAccess> accesses = new ArrayList<>(Rollouts.accesses(settings));
        try {
            rollouts(target).deployment().ifPresent(name -> {
                accesses.add(ResourceAccess.to("get", ResourceKind.DEPLOYMENT, settings.namespace(), name));
                accesses.add(ResourceAccess.to("patch", ResourceKind.DEPLOYMENT, settings.namespace(), name));
            });
        } catch (ClusterException e) {
            return accesses;
        }
        return accesses;
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
        var label = rollouts.settings().revisionLabel();
        var meant = kept.meant(label, order.to());
        return meant.size() == 1
                ? ready(order, configured, comparison(rollouts, now, kept, meant.getFirst()), label)
                : Obstacles.notOne(meant, kept, label, order.to());
    }

    private static RolloutComparison comparison(Rollouts rollouts, RolloutState now, Revisions kept, Revision wanted) {
        return new RolloutComparison(
                rollouts.settings(), now, kept, wanted, WorkloadPin.of(now.uid(), wanted, now.current()));
    }

    private static Readiness ready(
            RollbackOrder order, TargetSettings configured, RolloutComparison comparison, String label) {
        var progresses = comparison.isStable();
        var pinned = comparison.pin().addedTo(configured).with(PROGRESSED, Boolean.toString(progresses));
        var goal = comparison.what() + " has all of its traffic on " + comparison.wanted()
                + (progresses
                        ? ", the stable revision, by an abort"
                        : ", by an undo and a full promotion without steps");
        var warnings = List.of(
                Warnings.leaves(order, running(comparison.now(), comparison.revisions()), label),
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
    public TargetObservation observe(Assignment assignment) {
        try {
            return rollouts(assignment.target())
                    .comparison(WorkloadPin.of(assignment.target()))
                    .observation();
        } catch (GoneException e) {
            return new TargetObservation.OutOfReach(e.text());
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        RolloutChange change;
        try {
            var rollouts = rollouts(assignment.target());
            change = new RolloutChange(rollouts, rollouts.comparison(WorkloadPin.of(assignment.target())));
        } catch (GoneException e) {
            return new ApplyResult.Refused(e.text());
        } catch (ClusterException e) {
            return Obstacles.unchanged(e);
        }
        try {
            return change.make();
        } catch (ClusterException e) {
            return e.result();
        }
    }

    private Rollouts rollouts(TargetSettings target) throws ClusterException {
        var settings = WorkloadSettings.of(target);
        return new Rollouts(clusters.named(settings.cluster()), settings);
    }

    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        var settings = WorkloadSettings.of(assignment.target());
        var place = new NoticePlace(
                settings.cluster(),
                ArgoRolloutsKind.ROLLOUT,
                settings.namespace(),
                settings.name(),
                WorkloadPin.of(assignment.target()).uid());
        return new Notice(assignment, revision, place).leave(clusters);
    }

    /** Both ways, the likely one first: which is right depends on whether it was promoted in the meantime. */
    @Override
    public String commandToApply(Assignment assignment) {
        var target = assignment.target();
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
    public String commandToLook(Assignment assignment) {
        return command(assignment.target(), "get rollout", "")
                + WorkloadSettings.of(assignment.target()).commandComment();
    }

    private static String command(TargetSettings target, String verb, String more) {
        var settings = WorkloadSettings.of(target);
        return "kubectl argo rollouts " + verb + " " + settings.name() + more + " -n " + settings.namespace();
    }
}
