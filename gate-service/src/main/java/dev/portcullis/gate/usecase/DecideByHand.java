package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.rule.PromotionRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Records a person's decision on an open release, whatever the evidence says, and does what follows from it. Thread-safe. */
public final class DecideByHand {
    private final ReadReleases readReleases;
    private final PromotionRules rules;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public DecideByHand(
            ReadReleases readReleases, PromotionRules rules, OriginFactory originFactory, ChangeRelease changeRelease) {
        this.readReleases = readReleases;
        this.rules = rules;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Promotes, also when a rule holds promotions; then the rule's reason stands behind the person's, for ever.
     *
     * @param name of the release
     * @param reason why, 1 to 1000 characters as the contract's texts are
     */
    public Release promote(String name, String actor, String reason) {
        var release = readReleases.get(name);
        var overridden = rules.reason(release.key().service(), originFactory.now());
        var reasons = Stream.concat(Stream.of(DecisionReason.PROMOTED_BY_PERSON), overridden.stream())
                .toList();
        return decide(release, actor, reason, Outcome.PROMOTE, reasons);
    }

    /** Aborts; the rest is as in {@link #promote}. */
    public Release abort(String name, String actor, String reason) {
        var reasons = List.of(DecisionReason.ABORTED_BY_PERSON);
        return decide(readReleases.get(name), actor, reason, Outcome.ABORT, reasons);
    }

    private Release decide(
            Release release, String actor, String comment, Outcome outcome, List<DecisionReason> reasons) {
        var decided = Decision.of(outcome, reasons, "a person (" + actor + ") decided: " + comment);
        var origin = originFactory.person(actor, comment);
        return changeRelease
                .change(release.id(), current -> Optional.of(current.decidedByPerson(decided, origin)))
                .orElseThrow(() -> new ReleaseNotFoundException(release.name()));
    }
}
