package dev.portcullis.rollback.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one cluster is reached. Holds no secret: credentials stay where they are, and are read when used.
 *
 * @param name what targets call it
 * @param access where address and credentials are
 * @param timeout of each request, from 100 ms to one minute
 */
public record ClusterSettings(String name, Access access, Duration timeout) {
    /** The timeout of a cluster for which none is written. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    /** The name of the cluster of targets that name none. */
    public static final String DEFAULT = "default";

    /** Where address and credentials of a cluster are. */
    public sealed interface Access {
        /**
         * A kubeconfig file.
         *
         * @param context one of its contexts; empty for its current one
         */
        record Kubeconfig(Path file, Optional<String> context) implements Access {}

        /** The service account of the pod this process runs in. */
        record InCluster() implements Access {}

        /** What is found: the kubeconfig of {@code KUBECONFIG} or of the home folder, else the pod's service account. */
        record Discovered() implements Access {}
    }

    /** The cluster "default" when no document says how it is reached. */
    static ClusterSettings usual() {
        return new ClusterSettings(DEFAULT, new Access.Discovered(), USUAL_TIMEOUT);
    }
}
