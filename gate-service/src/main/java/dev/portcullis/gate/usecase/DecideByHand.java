package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.NotPromotableException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.SecondPersonMissingException;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.kit.identity.Caller;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Records a person's decision on an open release, whatever the evidence says, and does what follows from it. Thread-safe. */
public final class DecideByHand {
    private final ReadReleases readReleases;
    private final Releases releases;
    private final Policies policies;
    private final PromotionRules rules;
    private final GroupAborts groups;
    private final EndedRunCheck endedRunCheck;
    private final AskAnalysis askAnalysis;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public DecideByHand(
            ReadReleases readReleases,
            Releases releases,
            Policies policies,
            PromotionRules rules,
            GroupAborts groups,
            AskAnalysis askAnalysis,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        this.readReleases = readReleases;
        this.releases = releases;
        this.policies = policies;
        this.endedRunCheck = new EndedRunCheck(readReleases, releases);
        this.rules = rules;
        this.groups = groups;
        this.askAnalysis = askAnalysis;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Promotes, also when a rule holds promotions; then the rule's reason stands behind the person's, for ever.
     *
     * @param name of the release
     * @param reason why, 1 to 1000 characters as the contract's texts are
     * @throws dev.portcullis.gate.release.ReleaseEndedException when there is nothing left to decide
     * @throws dev.portcullis.gate.release.ReleaseFailedException when it has failed
     */
    public Release promote(String name, String actor, String reason) {
        var release = readReleases.get(name);
        var decided = decided(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, actor, reason);
        return change(release, actor, reason, current -> override(decided, Promotion.of(current, originFactory.now())));
    }

    /** Aborts; the rest is as in {@link #promote}. */
    public Release abort(String name, String actor, String reason) {
        var decided = decided(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, actor, reason);
        return change(readReleases.get(name), actor, reason, current -> groups.apply(decided, current));
    }

    /**
     * Promotes a release that has failed, which is held for a person or was aborted, once a second person has approved its latest decision. One that has not failed is promoted
     * as any other.
     *
     * @param caller who may act against rules
     * @throws dev.portcullis.gate.release.ReleaseEndedException when it has ended otherwise
     * @throws NotPromotableException when what was aborted is being taken back, or is not what its canary is judged by any more
     * @throws SecondPersonMissingException when nobody else has approved it since
     */
    public Release promoteAgainstFail(String name, Caller caller, String reason) {
        var release = readReleases.get(name);
        if (release.open() && !release.failed()) {
            return promote(name, caller.name(), reason);
        }
        if (release.promotableAgainstFail() && !release.open()) {
            refuseObstacle(release);
        }
        var origin = originFactory.person(caller.name(), reason);
        return changeRelease
                .change(release.id(), current -> Optional.of(againstFail(current, caller, origin)), release.open())
                .orElseThrow(() -> new ReleaseNotFoundException(name));
    }

    private void refuseObstacle(Release aborted) {
        var obstacle = endedRunCheck
                .obstacle(aborted)
                .or(() -> releases.othersServedAfter(aborted)
                        ? Optional.of(
                                "another canary of its rollout has served users since; ask about it again, which begins a new run")
                        : Optional.empty());
        obstacle.ifPresent(why -> {
            throw new NotPromotableException(aborted.name(), why);
        });
    }

    private Release againstFail(Release current, Caller caller, Origin origin) {
        var overridden = current.latest().filter(latest -> current.promotableAgainstFail());
        if (overridden.isEmpty()) {
            throw new ReleaseEndedException(current.name(), current.state());
        }
        var second = current.approvedBeside(caller)
                .orElseThrow(() -> new SecondPersonMissingException(
                        current.name(),
                        current.name() + "/decisions/" + overridden.get().id()));
        var reasons = Stream.concat(
                        Stream.of(DecisionReason.PROMOTED_AGAINST_FAIL, DecisionReason.PROMOTED_BY_PERSON),
                        overridden.get().reasons().stream())
                .toList();
        var decided = Decision.of(
                Outcome.PROMOTE,
                reasons,
                "a person (" + caller.name() + ") decided against the FAIL, which '" + second.name()
                        + "' has approved (" + second.reason() + "): " + origin.comment());
        return current.promotedAgainstFail(override(decided, Promotion.of(current, origin.time())), origin);
    }

    private Decision override(Decision decided, Promotion promotion) {
        promotion.release().ifPresent(groups::begin);
        return rules.override(decided, promotion);
    }

    private Release promoted(Release decided) {
        return decided.state() == ReleaseState.PROMOTED
                ? policies.find(decided.key().service())
                        .map(policy -> policy.promoted(decided))
                        .orElse(decided)
                : decided;
    }

    private static Decision decided(Outcome outcome, DecisionReason reason, String actor, String comment) {
        return Decision.of(outcome, reason, "a person (" + actor + ") decided: " + comment);
    }

    private Release change(Release release, String actor, String comment, Function<Release, Decision> decide) {
        var known = askAnalysis.known(release);
        var origin = originFactory.person(actor, comment);
        var changed = changeRelease
                .change(
                        release.id(),
                        current -> Optional.of(promoted(current.decidedByPerson(decide.apply(current), known, origin))))
                .orElseThrow(() -> new ReleaseNotFoundException(release.name()));
        if (changed.watched()) {
            releases.reviewAt(changed.id(), originFactory.now());
        }
        return changed;
    }
}
