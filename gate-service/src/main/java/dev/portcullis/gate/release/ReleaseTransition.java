package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import java.time.Instant;
import java.util.Optional;

/** What an open release becomes by a reply of analysis-service and by the decision that was made on it. Immutable. */
final class ReleaseTransition {
    private final Release release;
    private final AnalysisReply reply;
    private final Decision decided;
    private final Optional<AnalysisReport> report;

    /** @param decided by the rules, on that reply */
    ReleaseTransition(Release release, AnalysisReply reply, Decision decided) {
        this.release = release;
        this.reply = reply;
        this.decided = decided;
        this.report = reply.report();
    }

    /** Whether there is anything to be recorded. */
    boolean changes() {
        return release.open() && (givesWay() || !isOutdated() && saysMore());
    }

    /** The release after it; empty when nothing is to be recorded. */
    Optional<Release> applied(Origin origin) {
        if (!changes()) {
            return Optional.empty();
        }
        return Optional.of(release.successor()
                .filter(newer -> givesWay())
                .map(newer -> superseded(newer, origin))
                .orElseGet(() -> judged(origin)));
    }

    /** Whether something newer of the same analysis was recorded already. A FAIL is final and so never out of date. */
    private boolean isOutdated() {
        return report.filter(said ->
                        said.verdict() != Verdict.FAIL && said.progress().before(release.seen()))
                .isPresent();
    }

    private boolean saysMore() {
        return !isKnown()
                || next() != release.state()
                || !analysis().equals(release.analysis())
                || (release.served().isEmpty() && serves());
    }

    private boolean serves() {
        return report.filter(said -> said.traffic().served()).isPresent();
    }

    /**
     * The newest canary that serves users is the one that is judged. One that came back takes over only from a canary that users have left, that was promoted, or
     * of which all has been said: a call for an old canary by mistake must not end the watch over the one that serves, nor keep its FAIL from being acted on.
     */
    private boolean givesWay() {
        return release.successor()
                .filter(newer -> newer.isFirstRun() || isPromoted() || isLeft())
                .isPresent();
    }

    private boolean isPromoted() {
        return release.latest()
                .filter(decision -> decision.outcome() == Outcome.PROMOTE)
                .isPresent();
    }

    /** When nothing was heard now, what was known before counts. */
    private boolean isLeft() {
        return report.map(said -> said.traffic().hasLeft())
                        .orElse(release.served().isEmpty())
                || report.filter(AnalysisReport::ended).isPresent() && isKnown();
    }

    /** Whether all of the decision is on record, its number of windows too. */
    private boolean isKnown() {
        return release.current()
                .filter(decision -> decision.says(decided) && decision.windows() == decided.windows())
                .filter(decision -> !waitsForOthers() || decision.explanation().equals(decided.explanation()))
                .isPresent();
    }

    /** For whom, changes without a window of its own. */
    private boolean waitsForOthers() {
        return decided.reasons().contains(DecisionReason.GROUP_WAITS);
    }

    /** Whether the decision is to have a record of its own: it says something else than the latest one, or is the last of the release and rests on later windows. */
    private boolean isTurn() {
        return release.latest()
                .filter(decision -> decision.says(decided)
                        && (next() == ReleaseState.OPEN || decision.windows() == decided.windows()))
                .isEmpty();
    }

    private Release judged(Origin origin) {
        var turn = isTurn();
        return release.with(
                next(),
                analysis(),
                report.map(AnalysisReport::progress).orElse(release.seen()),
                turn
                        ? Optional.of(decided.recorded(
                                origin, report.map(said -> said.json().get())))
                        : release.latest(),
                turn ? Optional.empty() : confirmation(),
                served(origin),
                origin);
    }

    private Optional<Confirmation> confirmation() {
        return isKnown() ? release.confirmation() : Optional.of(Confirmation.of(decided));
    }

    private Optional<Instant> served(Origin origin) {
        return release.served().or(() -> serves() ? Optional.of(origin.time()) : Optional.empty());
    }

    /** A PROMOTE by evidence leaves the release open: a later FAIL overrides it until the analysis has ended. */
    private ReleaseState next() {
        return switch (decided.outcome()) {
            case ABORT -> ReleaseState.ABORTED;
            case PROMOTE ->
                report.filter(AnalysisReport::passedForGood).isPresent() ? ReleaseState.PROMOTED : ReleaseState.OPEN;
            case HOLD -> endsUnjudged() ? ReleaseState.EXPIRED : ReleaseState.OPEN;
        };
    }

    /** Whether nothing can come of it any more: nobody to judge up to the deadline, or no analysis to be had. */
    private boolean endsUnjudged() {
        return report.map(AnalysisReport::neverServed)
                .orElse(reply instanceof AnalysisReply.Refused
                        && release.analysis().isEmpty());
    }

    private String analysis() {
        return release.analysis().isEmpty()
                ? report.map(AnalysisReport::analysis).orElse("")
                : release.analysis();
    }

    private Release superseded(Successor newer, Origin origin) {
        var ending = Decision.hold(
                DecisionReason.RELEASE_SUPERSEDED,
                "canary '" + newer.canary() + "' of the newer release " + newer.name() + " serves users, so canary '"
                        + release.key().canary()
                        + "' is judged no more; when it comes back, ask again, which begins a new run");
        return release.with(
                ReleaseState.SUPERSEDED,
                analysis(),
                release.seen(),
                Optional.of(release.onWhatIsKnown(ending, report, origin)),
                Optional.empty(),
                served(origin),
                origin);
    }
}
