package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Releases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an open release the way that what moves the traffic has ended its rollout. Doing it twice is as good as once. Thread-safe. */
public final class EndRelease {
    private static final Logger LOG = LoggerFactory.getLogger(EndRelease.class);

    private final Releases releases;
    private final AskAnalysis askAnalysis;
    private final GroupAborts groups;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public EndRelease(
            Releases releases,
            AskAnalysis askAnalysis,
            GroupAborts groups,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        this.releases = releases;
        this.askAnalysis = askAnalysis;
        this.groups = groups;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Ends the latest release of a key; one that was never opened is opened for the record first.
     *
     * @param stable the stable version's arm label value
     * @param dryRun whether nobody goes by what the gate decides
     * @param actor who moves the traffic
     */
    void record(ReleaseKey key, String stable, boolean dryRun, Decision decided, String actor) {
        var release = releases.find(key).orElseGet(() -> releases.open(start(key, stable, dryRun)));
        end(release, decided, actor);
    }

    /** Ends the latest release of a key, if there is one. */
    void close(ReleaseKey key, Decision decided, String actor) {
        releases.find(key).ifPresent(release -> end(release, decided, actor));
    }

    private void end(Release release, Decision decided, String actor) {
        var known = askAnalysis.known(release);
        var origin = originFactory.controller(actor);
        var changed = changeRelease.change(
                release.id(), current -> current.endedByController(inGroup(decided, current), known, origin));
        if (changed.isEmpty()) {
            LOG.info(
                    "{} had ended as {} when {} said: {}",
                    release.name(),
                    release.state(),
                    actor,
                    decided.explanation());
        }
    }

    private Decision inGroup(Decision decided, Release current) {
        return decided.outcome() == Outcome.ABORT ? groups.apply(decided, current) : decided;
    }

    private ReleaseStart start(ReleaseKey key, String stable, boolean dryRun) {
        return new ReleaseStart(
                originFactory.newId(), key, 1, dryRun, stable, originFactory.traceparent(), originFactory.now());
    }
}
