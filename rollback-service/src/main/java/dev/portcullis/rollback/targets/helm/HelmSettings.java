package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.ObjectName;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Duration;

/**
 * Which release is returned, and by which program.
 *
 * @param program a name on the PATH, or an absolute path
 * @param timeout of each run of the program, and of each operation it waits for
 * @param pendingFor how long a revision that is pending counts as somebody's work; after that, as left behind by a dead helm
 */
record HelmSettings(
        String cluster, String namespace, String release, String program, Duration timeout, Duration pendingFor) {
    /** So that helm's own limit comes first, and it can note the failure. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    static final String RELEASE = "release";
    static final String PROGRAM = "program";
    static final String TIMEOUT = "timeout";
    static final String PENDING_FOR = "pendingFor";

    /** The settings as {@link HelmKind} wrote them, perhaps some versions ago. */
    static HelmSettings of(TargetSettings settings) {
        return new HelmSettings(
                settings.required(ObjectName.CLUSTER),
                settings.required(ObjectName.NAMESPACE),
                settings.required(RELEASE),
                settings.required(PROGRAM),
                Duration.parse(settings.required(TIMEOUT)),
                Duration.parse(settings.required(PENDING_FOR)));
    }

    /** After this a run of the program is ended. */
    Duration longestRun() {
        return timeout.plus(GRACE);
    }

    /** "shop/checkout". */
    String qualifiedName() {
        return namespace + "/" + release;
    }
}
