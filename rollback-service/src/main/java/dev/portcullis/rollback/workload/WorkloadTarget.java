package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.Notice;
import dev.portcullis.rollback.cluster.NoticePlace;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The target of workloads whose earlier revisions the cluster keeps as ReplicaSets. Thread-safe. */
public final class WorkloadTarget implements RollbackTarget {
    private final Clusters clusters;
    private final WorkloadKind workload;

    public WorkloadTarget(Clusters clusters, WorkloadKind workload) {
        this.clusters = clusters;
        this.workload = workload;
    }

    @Override
    public String kind() {
        return workload.target();
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        try {
            return workload.prepare(cluster(configured), order, configured);
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
                .of(accesses(target));
    }

    /** Where the workload cannot be read, the right to do so is missing, or it is no time to ask for more. */
    private List<ResourceAccess> accesses(TargetSettings target) {
        var settings = WorkloadSettings.of(target);
        List<ResourceAccess> accesses = new ArrayList<>(workload.accesses(settings));
        try {
            accesses.addAll(workload.otherAccesses(cluster(target), settings));
        } catch (ClusterException e) {
            return accesses;
        }
        return accesses;
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        try {
            return workload.compare(cluster(assignment.target()), assignment.target())
                    .observation();
        } catch (GoneException e) {
            return new TargetObservation.OutOfReach(e.text());
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        Cluster cluster;
        WorkloadComparison comparison;
        try {
            cluster = cluster(assignment.target());
            comparison = workload.compare(cluster, assignment.target());
        } catch (GoneException e) {
            return new ApplyResult.Refused(e.text());
        } catch (ClusterException e) {
            return e.resultOfLook();
        }
        try {
            return comparison.change(cluster);
        } catch (ClusterException e) {
            return e.result();
        }
    }

    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        var settings = WorkloadSettings.of(assignment.target());
        var place = new NoticePlace(
                settings.cluster(),
                workload.resource(),
                settings.namespace(),
                settings.name(),
                WorkloadPin.of(assignment.target()).uid());
        return new Notice(assignment, revision, place).leave(clusters);
    }

    private Cluster cluster(TargetSettings target) throws ClusterException {
        return clusters.named(WorkloadSettings.of(target).cluster());
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return workload.commandToApply(assignment.target());
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return workload.commandToLook(assignment.target());
    }
}
