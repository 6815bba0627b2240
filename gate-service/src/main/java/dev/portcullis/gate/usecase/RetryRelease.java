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
    private final EndedRunCheck endedRunCheck;
    private final OriginFactory originFactory;

    public RetryRelease(ReadReleases readReleases, Releases releases, OriginFactory originFactory) {
        this.readReleases = readReleases;
        this.releases = releases;
        this.endedRunCheck = new EndedRunCheck(readReleases, releases);
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
        refuse(ended, endedRunCheck.obstacle(ended));
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
            refuse(ended, EndedRunCheck.laterRun(ended, opened));
        }
        return opened;
    }

    /** Whoever comes second hears of the first. */
    private static void refuse(Release ended, Optional<String> obstacle) {
        obstacle.ifPresent(why -> {
            throw new NotRetriableException(ended.name(), why);
        });
    }
}
