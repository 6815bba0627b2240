package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Releases;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an open release the way that what moves the traffic has ended its rollout. Doing it twice is as good as once. Thread-safe. */
public final class EndRelease {
    private static final Logger LOG = LoggerFactory.getLogger(EndRelease.class);

    private final Releases releases;
    private final OriginFactory originFactory;
    private final FollowUp followUp;

    public EndRelease(Releases releases, OriginFactory originFactory, FollowUp followUp) {
        this.releases = releases;
        this.originFactory = originFactory;
        this.followUp = followUp;
    }

    /**
     * Ends the latest release of a key; one that was never opened is opened for the record first.
     *
     * @param stable the stable version's arm label value
     * @param dryRun whether nobody goes by what the gate decides
     * @param actor who moves the traffic
     */
    void record(ReleaseKey key, String stable, boolean dryRun, Ruling ruling, String actor) {
        var release = releases.find(key).orElseGet(() -> releases.open(start(key, stable, dryRun)));
        end(release, ruling, actor);
    }

    /** Ends the latest release of a key, if there is one. */
    void close(ReleaseKey key, Ruling ruling, String actor) {
        releases.find(key).ifPresent(release -> end(release, ruling, actor));
    }

    private void end(Release release, Ruling ruling, String actor) {
        var origin = originFactory.controller(actor);
        var changed = releases.change(release.id(), current -> current.endedByController(ruling, origin));
        changed.filter(done -> done.change().isPresent())
                .ifPresentOrElse(
                        done -> followUp.after(
                                done, Optional.of(done.release().analysis()).filter(analysis -> !analysis.isEmpty())),
                        () -> LOG.info(
                                "{} had ended as {} when {} said: {}",
                                release.name(),
                                release.state(),
                                actor,
                                ruling.explanation()));
    }

    private ReleaseStart start(ReleaseKey key, String stable, boolean dryRun) {
        return new ReleaseStart(
                originFactory.newId(), key, 1, dryRun, stable, originFactory.traceparent(), originFactory.now());
    }
}
