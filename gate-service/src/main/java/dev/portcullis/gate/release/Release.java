package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to bring one revision of a service to users. Immutable; its methods say what is to be written next, the store writes it.
 *
 * @param number rises with every release opened; orders them
 * @param analysis the analysis that judges it, "analyses/{uuid}"; empty while none could be started
 * @param seen the latest stage of the analysis a decision rests on
 * @param latest the latest decision; empty before the first
 * @param served when its canary was first seen to have served a request; empty while it was not
 * @param ended when it ended; empty while it is open
 * @param successor the newer release that takes the traffic over, if there is one; empty too once this one has ended
 */
public record Release(
        ReleaseStart start,
        long number,
        ReleaseState state,
        String analysis,
        AnalysisProgress seen,
        Optional<Decision> latest,
        Optional<Instant> served,
        Optional<Instant> ended,
        Optional<Successor> successor,
        RollbackNote rollback) {
    public UUID id() {
        return start.id();
    }

    public ReleaseKey key() {
        return start.key();
    }

    /** "services/{service}/releases/{uuid}". */
    public String name() {
        return name(key().service(), id());
    }

    /** The name of a release of which only this is known. */
    public static String name(String service, UUID id) {
        return "services/" + service + "/releases/" + id;
    }

    public boolean open() {
        return state == ReleaseState.OPEN;
    }

    /** The number of the run that follows when the canary comes back. */
    public int nextRun() {
        return start.run() + 1;
    }

    /** Whether a finding is to be recorded: it says something new, or ends the release, or names its analysis, or is the first that knows of traffic. */
    public boolean learnsFrom(Review review) {
        return open() && (givesWay(review) || !review.outdated(seen) && saysMore(review));
    }

    private boolean saysMore(Review review) {
        return !saysAlready(review)
                || after(review) != state
                || !analysisAfter(review).equals(analysis)
                || (served.isEmpty() && review.serves());
    }

    /**
     * The newest canary that serves users is the one that is judged. One that came back takes over only from a canary that users have left, that was promoted, or
     * of which all has been said: a call for an old canary by mistake must not end the watch over the one that serves, nor keep its FAIL from being acted on.
     */
    private boolean givesWay(Review review) {
        return successor
                .filter(newer -> newer.isFirstRun() || promoted() || leftBy(review))
                .isPresent();
    }

    private boolean leftBy(Review review) {
        return review.leftByTraffic(served.isPresent()) || (review.analysisOver() && saysAlready(review));
    }

    private boolean promoted() {
        return latest.filter(decision -> decision.outcome() == Outcome.PROMOTE).isPresent();
    }

    private boolean saysAlready(Review review) {
        return latest.filter(decision -> decision.says(review.ruling(), review.basis()))
                .isPresent();
    }

    /** What to write after a finding; nothing when the release learns nothing from it. */
    public Optional<ReleaseChange> heard(Review review, Origin origin) {
        if (!learnsFrom(review)) {
            return Optional.empty();
        }
        return Optional.of(successor
                .filter(newer -> givesWay(review))
                .map(newer -> superseded(newer, review, origin))
                .orElseGet(() -> found(review, origin)));
    }

    private ReleaseChange found(Review review, Origin origin) {
        var next = after(review);
        var decision = saysAlready(review)
                ? Optional.<Decision>empty()
                : Optional.of(new Decision(review.ruling(), review.basis(), origin));
        return new ReleaseChange(
                decision,
                review.snapshot(),
                next,
                analysisAfter(review),
                review.report().map(AnalysisReport::progress).orElse(seen),
                servedAfter(review, origin),
                next == ReleaseState.OPEN ? Optional.empty() : Optional.of(origin.time()),
                order(review.ruling(), origin),
                latest.map(Decision::outcome)
                        .filter(review.ruling().outcome()::equals)
                        .isEmpty());
    }

    private Optional<Instant> servedAfter(Review review, Origin origin) {
        return served.or(() -> review.serves() ? Optional.of(origin.time()) : Optional.empty());
    }

    /** A PROMOTE by evidence leaves the release open: a later FAIL overrides it until the analysis has ended. */
    private ReleaseState after(Review review) {
        return switch (review.ruling().outcome()) {
            case ABORT -> ReleaseState.ABORTED;
            case PROMOTE -> review.passedForGood() ? ReleaseState.PROMOTED : ReleaseState.OPEN;
            case HOLD -> review.endsUnjudged(!analysis.isEmpty()) ? ReleaseState.EXPIRED : ReleaseState.OPEN;
        };
    }

    private String analysisAfter(Review review) {
        return analysis.isEmpty()
                ? review.report().map(AnalysisReport::analysis).orElse("")
                : analysis;
    }

    /**
     * What to write when a person decides. The decision keeps what was known of the canary at that time.
     *
     * @throws ReleaseEndedException when there is nothing left to decide
     */
    public ReleaseChange decidedByPerson(Ruling ruling, Origin origin) {
        if (!open()) {
            throw new ReleaseEndedException(name(), state);
        }
        return end(
                ruling,
                origin,
                ruling.outcome() == Outcome.ABORT ? ReleaseState.ABORTED : ReleaseState.PROMOTED,
                analysis,
                served);
    }

    /**
     * What to write when what moves the traffic (Flagger, say) has ended the rollout itself. Its canary is gone from then on, so nothing is left to be judged, and
     * nothing to be rolled back.
     *
     * @param ruling PROMOTE when it gave the canary to all users, ABORT when it took it back, HOLD when it went on to another version or cancelled the analysis
     * @return empty when the release has ended already
     */
    public Optional<ReleaseChange> endedByController(Ruling ruling, Origin origin) {
        if (!open()) {
            return Optional.empty();
        }
        var as =
                switch (ruling.outcome()) {
                    case PROMOTE -> ReleaseState.PROMOTED;
                    case ABORT -> ReleaseState.ABORTED;
                    case HOLD ->
                        ruling.reasons().contains(DecisionReason.ANALYSIS_CANCELLED)
                                ? ReleaseState.EXPIRED
                                : ReleaseState.SUPERSEDED;
                };
        return Optional.of(end(ruling, origin, as, analysis, served));
    }

    private ReleaseChange superseded(Successor newer, Review review, Origin origin) {
        var ruling = Ruling.hold(
                DecisionReason.RELEASE_SUPERSEDED,
                "canary '" + newer.canary() + "' of the newer release " + newer.name() + " serves users, so canary '"
                        + key().canary()
                        + "' is judged no more; when it comes back, ask again, which begins a new run");
        return end(ruling, origin, ReleaseState.SUPERSEDED, analysisAfter(review), servedAfter(review, origin));
    }

    /**
     * What to write when the same canary is asked about with another stable version. Nothing is lost by beginning anew as long as the canary has served nobody.
     *
     * @return empty when it has, or the release has ended
     */
    public Optional<ReleaseChange> correctedTo(String otherStable, Origin origin) {
        if (!open() || served.isPresent()) {
            return Optional.empty();
        }
        var ruling = Ruling.hold(
                DecisionReason.RELEASE_SUPERSEDED,
                "asked again with stable '" + otherStable + "' in place of " + stableText()
                        + " before the canary had served a request: a new run begins");
        return Optional.of(end(ruling, origin, ReleaseState.SUPERSEDED, analysis, served));
    }

    /**
     * What to write when a caller means to go by the decisions of a dry run from now on, which none of its decisions was made for.
     *
     * @return empty when this is no dry run, or it has ended
     */
    public Optional<ReleaseChange> dryRunOver(Origin origin) {
        if (!open() || !start.dryRun()) {
            return Optional.empty();
        }
        var ruling = Ruling.hold(
                DecisionReason.RELEASE_SUPERSEDED,
                "this was a dry run, and the same canary has been asked about in earnest since: a new run begins");
        return Optional.of(end(ruling, origin, ReleaseState.SUPERSEDED, analysis, served));
    }

    /** Whether a caller names another stable version than this release was opened with; one who names none does not. */
    public boolean contradicts(String otherStable) {
        return !otherStable.isEmpty() && !otherStable.equals(start.stable());
    }

    /**
     * What a person should know of the rollback, in a line or two; empty when nothing is wrong.
     *
     * @param status how it stands; empty when there is none
     */
    public String rollbackDetail(Optional<RollbackStatus> status) {
        return status.filter(RollbackStatus::needsPerson)
                .map(known ->
                        rollback.rollback() + " is " + known.state() + ", a person has to look: " + known.detail())
                .orElse(rollback.detail());
    }

    /** The stable version in words. */
    public String stableText() {
        return start.stable().isEmpty() ? "none" : "'" + start.stable() + "'";
    }

    private ReleaseChange end(
            Ruling ruling, Origin origin, ReleaseState as, String lastAnalysis, Optional<Instant> firstServed) {
        var known = latest.map(Decision::basis).orElse(Basis.NONE);
        return new ReleaseChange(
                Optional.of(new Decision(ruling, known, origin)),
                Optional.empty(),
                as,
                lastAnalysis,
                seen,
                firstServed,
                Optional.of(origin.time()),
                order(ruling, origin),
                true);
    }

    private Optional<RollbackOrder> order(Ruling ruling, Origin origin) {
        var takenBack = ruling.reasons().contains(DecisionReason.ABORTED_BY_CONTROLLER);
        if (ruling.outcome() != Outcome.ABORT || start.dryRun() || takenBack) {
            return Optional.empty();
        }
        return Optional.of(new RollbackOrder(
                id(),
                origin.id(),
                key().service(),
                name(),
                key().canary(),
                start.stable(),
                ruling.explanation(),
                origin.traceparent(),
                ""));
    }
}
