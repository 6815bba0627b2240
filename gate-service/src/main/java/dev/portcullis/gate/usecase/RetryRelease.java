package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.NotRetriableException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Retry;
import java.util.Optional;
import java.util.Set;

/** Has a release begin anew that was aborted, or ended without a verdict: the next run of its canary. Thread-safe. */
public final class RetryRelease {
    private static final Set<ReleaseState> RETRIABLE = Set.of(ReleaseState.ABORTED, ReleaseState.EXPIRED);

    private final ReadReleases readReleases;
    private final Releases releases;
    private final OriginFactory originFactory;

    public RetryRelease(ReadReleases readReleases, Releases releases, OriginFactory originFactory) {
        this.readReleases = readReleases;
        this.releases = releases;
        this.originFactory = originFactory;
    }

    /**
     * Opens the next run.
     *
     * @param name of the latest run
     * @return the next one
     * @throws NotRetriableException when it is open or was promoted, there is a later run, or its rollback is not at its end
     */
    public Release retry(String name, String actor, String reason) {
        var ended = readReleases.get(name);
        if (!RETRIABLE.contains(ended.state())) {
            throw new NotRetriableException(
                    name, "it is " + ended.state() + ", and only ABORTED and EXPIRED ones can be");
        }
        requireRolledBack(ended);
        requireLatest(ended, releases.find(ended.key()).orElse(ended));
        var start = new ReleaseStart(
                originFactory.newId(),
                ended.key(),
                ended.nextRun(),
                ended.start().dryRun(),
                ended.start().stable(),
                originFactory.traceparent(),
                originFactory.now(),
                ended.start().details(),
                "",
                Optional.of(new Retry(actor, reason)));
        var opened = releases.open(start);
        if (!opened.id().equals(start.id())) {
            requireLatest(ended, opened);
        }
        return opened;
    }

    /** Whoever comes second hears of the first. */
    private static void requireLatest(Release ended, Release latest) {
        if (!latest.id().equals(ended.id())) {
            throw new NotRetriableException(
                    ended.name(),
                    "run " + latest.start().run() + " of its canary is there already, " + latest.name()
                            + latest.start()
                                    .retry()
                                    .map(retry -> ", tried again by '" + retry.actor() + "': " + retry.reason())
                                    .orElse(""));
        }
    }

    /** A rollback under way takes the traffic from the canary that is to be measured. */
    private void requireRolledBack(Release ended) {
        readReleases.rollback(ended).filter(status -> !status.ended()).ifPresent(status -> {
            throw new NotRetriableException(
                    ended.name(), "its rollback is " + status.state() + "; try again when that has ended");
        });
    }
}
