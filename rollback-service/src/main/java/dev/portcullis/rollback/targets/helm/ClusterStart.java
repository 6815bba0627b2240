package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.Clusters;

/**
 * The question whether helm was refused only because the API server has just started, and refuses everybody until it has its roles. Thread-safe.
 *
 * @param cluster name of the cluster that helm is sent to
 */
record ClusterStart(Clusters clusters, String cluster) {
    static final String WHY = " (the API server has just started and does not know yet who may do what)";

    /** Whether what helm was answered will pass by itself. */
    boolean explains(ProgramResult result) {
        try {
            return result.isForbidden() && clusters.named(cluster).isStarting();
        } catch (ClusterException e) {
            // Where the cluster cannot be asked, the answer stands as helm tells it.
            return false;
        }
    }
}
