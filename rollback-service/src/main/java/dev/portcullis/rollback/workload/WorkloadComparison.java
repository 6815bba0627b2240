package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.TargetObservation;

/** A workload beside what it should be, at the moment it was looked at. Immutable. */
public interface WorkloadComparison {
    /** What the look showed. */
    TargetObservation observation();

    /**
     * Makes the one change the workload needs next, if any. The API server refuses it when the workload is no longer as it was seen.
     *
     * @param cluster the one the workload was read from
     */
    ApplyResult change(Cluster cluster) throws ClusterException;
}
