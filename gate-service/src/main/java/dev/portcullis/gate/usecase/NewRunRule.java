package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;

/** When a question about a canary that had a release begins a new run of it. Thread-safe. */
public final class NewRunRule {
    private final Releases releases;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public NewRunRule(Releases releases, OriginFactory originFactory, ChangeRelease changeRelease) {
        this.releases = releases;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Whether a canary whose latest release this is has come back: what ended without a verdict begins anew whenever it is asked about; what was decided stays so
     * until another canary has had users in between.
     */
    boolean comesBack(Release latest) {
        return switch (latest.state()) {
            case OPEN -> false;
            case EXPIRED, SUPERSEDED -> true;
            case PROMOTED, ABORTED -> releases.othersServedAfter(latest);
        };
    }

    /**
     * Ends a release that was opened with another stable version than the one now named, if nothing is lost by that.
     *
     * @throws InvalidFieldException when its canary has served users already, or it was decided on
     */
    void correct(Release release, String stable) {
        var changed =
                changeRelease.change(release.id(), current -> current.correctedTo(stable, originFactory.gate("")));
        if (changed.isEmpty()) {
            throw new InvalidFieldException("stable", contradiction(release, stable));
        }
    }

    /** Ends a dry run whose canary is asked about in earnest now, if it is still open: nothing was ever done by its decisions. */
    void endDryRun(Release release) {
        changeRelease.change(release.id(), current -> current.dryRunOver(originFactory.gate("")));
    }

    private static String contradiction(Release release, String stable) {
        return "is '" + stable + "', but " + release.name() + ", the release of canary '"
                + release.key().canary() + "', was opened with " + release.stableText()
                + "; ask with that one, or, if the stable version has changed, with another revision, which begins a new run";
    }
}
