package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import java.util.Optional;
import java.util.function.Function;

/** Records a person's decision on an open release, whatever the evidence says, and does what follows from it. Thread-safe. */
public final class DecideByHand {
    private final ReadReleases readReleases;
    private final PromotionRules rules;
    private final AskAnalysis askAnalysis;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public DecideByHand(
            ReadReleases readReleases,
            PromotionRules rules,
            AskAnalysis askAnalysis,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        this.readReleases = readReleases;
        this.rules = rules;
        this.askAnalysis = askAnalysis;
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
        var decided = decided(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, actor, reason);
        return change(
                release, actor, reason, current -> rules.override(decided, Promotion.of(current, originFactory.now())));
    }

    /** Aborts; the rest is as in {@link #promote}. */
    public Release abort(String name, String actor, String reason) {
        var decided = decided(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, actor, reason);
        return change(readReleases.get(name), actor, reason, current -> decided);
    }

    private static Decision decided(Outcome outcome, DecisionReason reason, String actor, String comment) {
        return Decision.of(outcome, reason, "a person (" + actor + ") decided: " + comment);
    }

    private Release change(Release release, String actor, String comment, Function<Release, Decision> decide) {
        var known = askAnalysis.known(release);
        var origin = originFactory.person(actor, comment);
        return changeRelease
                .change(
                        release.id(),
                        current -> Optional.of(current.decidedByPerson(decide.apply(current), known, origin)))
                .orElseThrow(() -> new ReleaseNotFoundException(release.name()));
    }
}
