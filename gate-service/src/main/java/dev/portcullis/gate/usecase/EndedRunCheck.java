package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import java.util.Optional;

/** What stands against going on with a run that has ended: a rollback that is not at its end, or a later run. Thread-safe. */
final class EndedRunCheck {
    private final ReadReleases readReleases;
    private final Releases releases;

    EndedRunCheck(ReadReleases readReleases, Releases releases) {
        this.readReleases = readReleases;
        this.releases = releases;
    }

    /** What stands against it now; empty when nothing does. */
    Optional<String> obstacle(Release ended) {
        return rollback(ended).or(() -> releases.find(ended.key()).flatMap(latest -> laterRun(ended, latest)));
    }

    /** A rollback under way takes the traffic from the canary. */
    private Optional<String> rollback(Release ended) {
        return readReleases
                .rollback(ended)
                .filter(status -> !status.ended())
                .map(status -> "its rollback is " + status.state() + "; try again when that has ended");
    }

    /**
     * That there is a later run, and why; empty when there is none.
     *
     * @param latest the latest run of the same canary
     */
    static Optional<String> laterRun(Release ended, Release latest) {
        return latest.id().equals(ended.id())
                ? Optional.empty()
                : Optional.of("run " + latest.start().run() + " of its canary is there already, " + latest.name()
                        + latest.start()
                                .retry()
                                .map(retry -> ", tried again by '" + retry.actor() + "': " + retry.reason())
                                .orElse(""));
    }
}
