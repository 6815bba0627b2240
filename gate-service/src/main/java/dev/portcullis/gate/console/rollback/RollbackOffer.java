package dev.portcullis.gate.console.rollback;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import java.util.Optional;

/**
 * The first click: that somebody may look at what a rollback of a release would do.
 *
 * @param path where its form goes
 * @param to the revision that would get the traffic
 * @param allowed whether the one who looks has the role for it
 */
public record RollbackOffer(String path, String to, boolean allowed) {
    /** The role that a rollback needs. */
    public static final Role ROLE = Role.OPERATOR;

    /** Empty where there is nothing to go back to, or nobody goes by the release any more. */
    public static Optional<RollbackOffer> of(Release release, Caller viewer) {
        var stable = release.start().stable();
        var gone = release.state() == ReleaseState.SUPERSEDED || release.state() == ReleaseState.EXPIRED;
        return stable.isEmpty() || gone || release.start().dryRun()
                ? Optional.empty()
                : Optional.of(new RollbackOffer(
                        ConsolePath.of(release) + "/rollback/preparation",
                        stable,
                        viewer.may(ROLE, release.key().service())));
    }
}
