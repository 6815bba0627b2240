package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import java.util.Optional;

/** Records a person's decision on an open release, whatever the evidence says, and does what follows from it. Thread-safe. */
public final class DecideByHand {
    private final ReadReleases readReleases;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public DecideByHand(ReadReleases readReleases, OriginFactory originFactory, ChangeRelease changeRelease) {
        this.readReleases = readReleases;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Promotes.
     *
     * @param name of the release
     * @param reason why, 1 to 1000 characters as the contract's texts are
     */
    public Release promote(String name, String actor, String reason) {
        return decide(name, actor, reason, Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON);
    }

    /** Aborts; the rest is as in {@link #promote}. */
    public Release abort(String name, String actor, String reason) {
        return decide(name, actor, reason, Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON);
    }

    private Release decide(String name, String actor, String comment, Outcome outcome, DecisionReason reason) {
        var release = readReleases.get(name);
        var decided = Decision.of(outcome, reason, "a person (" + actor + ") decided: " + comment);
        var origin = originFactory.person(actor, comment);
        return changeRelease
                .change(release.id(), current -> Optional.of(current.decidedByPerson(decided, origin)))
                .orElseThrow(() -> new ReleaseNotFoundException(name));
    }
}
