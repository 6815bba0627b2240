package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/** How one kind of workload, such as a Deployment, is looked at and given an earlier revision. Stateless. */
public interface WorkloadKind {
    /** The kind of target, as policies call it. */
    String target();

    /** The kind of object. */
    ResourceKind resource();

    /** What it takes of an API server to roll back any workload of the kind. */
    List<ResourceAccess> accesses(WorkloadSettings settings);

    /**
     * What it takes beside that for this one.
     *
     * @throws ClusterException when the workload cannot be read
     */
    default List<ResourceAccess> otherAccesses(Cluster cluster, WorkloadSettings settings) throws ClusterException {
        return List.of();
    }

    /**
     * Finds the workload and the revision an order means; changes nothing.
     *
     * @throws GoneException when something the workload refers to does not exist
     */
    Readiness prepare(Cluster cluster, RollbackOrder order, TargetSettings configured)
            throws ClusterException, GoneException;

    /**
     * Looks at the workload of a prepared rollback.
     *
     * @param target as {@link #prepare} pinned it
     * @throws GoneException when the workload or the revision to return to is not there any more
     */
    WorkloadComparison compare(Cluster cluster, TargetSettings target) throws ClusterException, GoneException;

    /** The command by which a person rolls the workload back. */
    String commandToApply(TargetSettings target);

    /** The command by which a person looks at it. */
    String commandToLook(TargetSettings target);
}
