package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackStanding;
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
        Opening opening,
        long number,
        ReleaseState state,
        String analysis,
        Moment seen,
        Optional<Decision> latest,
        Optional<Instant> served,
        Optional<Instant> ended,
        Optional<Successor> successor,
        RollbackNote rollback) {
    public UUID id() {
        return opening.id();
    }

    public ReleaseKey key() {
        return opening.key();
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
        return opening.run() + 1;
    }

    /** Whether a finding is to be recorded: it says something new, or ends the release, or names its analysis, or is the first that knows of traffic. */
    public boolean learnsFrom(Finding finding) {
        return open() && (givesWay(finding) || !finding.outdated(seen) && saysMore(finding));
    }

    private boolean saysMore(Finding finding) {
        return !saysAlready(finding)
                || after(finding) != state
                || !analysisAfter(finding).equals(analysis)
                || (served.isEmpty() && finding.serves());
    }

    /**
     * The newest canary that serves users is the one that is judged. One that came back takes over only from a canary that users have left, that was promoted, or
     * of which all has been said: a call for an old canary by mistake must not end the watch over the one that serves, nor keep its FAIL from being acted on.
     */
    private boolean givesWay(Finding finding) {
        return successor
                .filter(newer -> newer.isFirstRun() || promoted() || leftBy(finding))
                .isPresent();
    }

    private boolean leftBy(Finding finding) {
        return finding.leftByTraffic(served.isPresent()) || (finding.analysisOver() && saysAlready(finding));
    }

    private boolean promoted() {
        return latest.filter(decision -> decision.outcome() == Outcome.PROMOTE).isPresent();
    }

    private boolean saysAlready(Finding finding) {
        return latest.filter(decision -> decision.says(finding.ruling(), finding.basis()))
                .isPresent();
    }

    /** What to write after a finding; nothing when the release learns nothing from it. */
    public Optional<Change> heard(Finding finding, Origin origin) {
        if (!learnsFrom(finding)) {
            return Optional.empty();
        }
        return Optional.of(successor
                .filter(newer -> givesWay(finding))
                .map(newer -> superseded(newer, finding, origin))
                .orElseGet(() -> found(finding, origin)));
    }

    private Change found(Finding finding, Origin origin) {
        var next = after(finding);
        var decision = saysAlready(finding)
                ? Optional.<Decision>empty()
                : Optional.of(new Decision(finding.ruling(), finding.basis(), origin));
        return new Change(
                decision,
                finding.snapshot(),
                next,
                analysisAfter(finding),
                finding.judgement().map(Judgement::moment).orElse(seen),
                servedAfter(finding, origin),
                next == ReleaseState.OPEN ? Optional.empty() : Optional.of(origin.time()),
                order(finding.ruling(), origin),
                latest.map(Decision::outcome)
                        .filter(finding.ruling().outcome()::equals)
                        .isEmpty());
    }

    private Optional<Instant> servedAfter(Finding finding, Origin origin) {
        return served.or(() -> finding.serves() ? Optional.of(origin.time()) : Optional.empty());
    }

    /** A PROMOTE by evidence leaves the release open: a later FAIL overrides it until the analysis has ended. */
    private ReleaseState after(Finding finding) {
        return switch (finding.ruling().outcome()) {
            case ABORT -> ReleaseState.ABORTED;
            case PROMOTE -> finding.passedForGood() ? ReleaseState.PROMOTED : ReleaseState.OPEN;
            case HOLD -> finding.endsUnjudged(!analysis.isEmpty()) ? ReleaseState.EXPIRED : ReleaseState.OPEN;
        };
    }

    private String analysisAfter(Finding finding) {
        return analysis.isEmpty() ? finding.judgement().map(Judgement::analysis).orElse("") : analysis;
    }

    /**
     * What to write when a person decides. The decision keeps what was known of the canary at that time.
     *
     * @throws ReleaseEndedException when there is nothing left to decide
     */
    public Change decidedByPerson(Ruling ruling, Origin origin) {
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

    private Change superseded(Successor newer, Finding finding, Origin origin) {
        var ruling = Ruling.hold(
                Reason.RELEASE_SUPERSEDED,
                "canary '" + newer.canary() + "' of the newer release " + newer.name() + " serves users, so canary '"
                        + key().canary()
                        + "' is judged no more; when it comes back, ask again, which begins a new run");
        return end(ruling, origin, ReleaseState.SUPERSEDED, analysisAfter(finding), servedAfter(finding, origin));
    }

    /**
     * What to write when the same canary is asked about with another stable version. Nothing is lost by beginning anew as long as the canary has served nobody.
     *
     * @return empty when it has, or the release has ended
     */
    public Optional<Change> correctedTo(String otherStable, Origin origin) {
        if (!open() || served.isPresent()) {
            return Optional.empty();
        }
        var ruling = Ruling.hold(
                Reason.RELEASE_SUPERSEDED,
                "asked again with stable '" + otherStable + "' in place of " + stableText()
                        + " before the canary had served a request: a new run begins");
        return Optional.of(end(ruling, origin, ReleaseState.SUPERSEDED, analysis, served));
    }

    /** Whether a caller names another stable version than this release was opened with; one who names none does not. */
    public boolean contradicts(String otherStable) {
        return !otherStable.isEmpty() && !otherStable.equals(opening.stable());
    }

    /**
     * What a person should know of the rollback, in a line or two; empty when nothing is wrong.
     *
     * @param standing how it stands; empty when there is none
     */
    public String rollbackDetail(Optional<RollbackStanding> standing) {
        return standing.filter(RollbackStanding::needsPerson)
                .map(known ->
                        rollback.rollback() + " is " + known.state() + ", a person has to look: " + known.detail())
                .orElse(rollback.detail());
    }

    /** The stable version in words. */
    public String stableText() {
        return opening.stable().isEmpty() ? "none" : "'" + opening.stable() + "'";
    }

    private Change end(
            Ruling ruling, Origin origin, ReleaseState as, String lastAnalysis, Optional<Instant> firstServed) {
        var known = latest.map(Decision::basis).orElse(Basis.NONE);
        return new Change(
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
        if (ruling.outcome() != Outcome.ABORT) {
            return Optional.empty();
        }
        return Optional.of(new RollbackOrder(
                id(),
                origin.id(),
                key().service(),
                name(),
                key().canary(),
                opening.stable(),
                ruling.explanation(),
                origin.traceparent(),
                ""));
    }
}
