package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a caller's question.
 *
 * @param release the release; empty when none could be opened
 * @param decision what to do, and why. The release's latest, in the words of the latest window; or one that nobody recorded, which is a HOLD, but before a deploy and in a
 *     dry run
 * @param dryRun what was decided, when the question was asked as a dry run and is answered PROMOTE whatever that is; empty otherwise
 * @param rollback how the release's rollback stands; empty when there is none
 */
public record Evaluation(
        Optional<Release> release, Decision decision, Optional<Outcome> dryRun, Optional<RollbackStatus> rollback) {
    /** A decision of which nothing was kept: a HOLD, or one before a deploy. */
    static Evaluation unrecorded(Decision decision) {
        return new Evaluation(Optional.empty(), decision, Optional.empty(), Optional.empty());
    }

    /** The latest decision of a release on which something was decided before. */
    static Evaluation latest(Release release) {
        return of(release, decisionOf(release));
    }

    /** The latest decision, in the words, the numbers and the rules' details of what was just decided if that says the same. */
    static Evaluation latest(Release release, Decision decided) {
        var latest = decisionOf(release);
        return of(
                release,
                latest.says(decided)
                        ? latest.confirmedBy(Confirmation.of(decided)).with(decided.rules())
                        : latest);
    }

    private static Evaluation of(Release release, Decision decision) {
        return new Evaluation(Optional.of(release), decision, Optional.empty(), Optional.empty());
    }

    /** The same with how the release's rollback stands. */
    Evaluation with(Optional<RollbackStatus> status) {
        return new Evaluation(release, decision, dryRun, status);
    }

    /**
     * The same as the answer after a deploy: PROMOTE only when nothing can bring an ABORT any more. Rules that hold promotions have no say: users have the canary.
     *
     * @param reply that it comes from
     * @param byEvidence what that means without the rules
     */
    Evaluation atEnd(AnalysisReply reply, Decision byEvidence) {
        return decision.heldByRule()
                ? new Evaluation(release, byEvidence, dryRun, rollback).untilOver(reply)
                : untilOver(reply);
    }

    private Evaluation untilOver(AnalysisReply reply) {
        var over = reply.report().filter(AnalysisReport::ended).isPresent()
                && release.filter(Release::watched).isEmpty();
        if (decision.outcome() != Outcome.PROMOTE
                || over
                || release.filter(Release::open).isEmpty()) {
            return this;
        }
        var hold = Decision.hold(
                DecisionReason.ANALYSIS_RUNNING,
                "the canary has passed and is measured"
                        + measuredUntil(reply)
                                .map(end -> " until " + end.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(" on")
                        + ", up to when a FAIL would override the PASS; ask again then. "
                        + decision.explanation());
        return new Evaluation(release, hold.restingOn(decision), dryRun, rollback);
    }

    private Optional<Instant> measuredUntil(AnalysisReply reply) {
        return release.flatMap(Release::watchedUntil).or(() -> reply.report().map(AnalysisReport::deadline));
    }

    /** The same as the answer to a dry run. */
    Evaluation asDryRun() {
        var reasons = Stream.concat(Stream.of(DecisionReason.DRY_RUN), decision.reasons().stream())
                .toList();
        var answered = Decision.of(
                Outcome.PROMOTE,
                reasons,
                "dry run: the decision is " + decision.outcome() + ", the answer PROMOTE whatever was decided. "
                        + decision.explanation());
        return new Evaluation(release, answered.restingOn(decision), Optional.of(decision.outcome()), rollback);
    }

    /** What is on record of the release, whatever is answered; empty when nothing is. */
    public Optional<Decision> recorded() {
        return release.flatMap(Release::latest);
    }

    /** Whether asking again cannot bring another decision: PROMOTE or ABORT was decided, or the release has ended. */
    public boolean settled() {
        return dryRun.orElse(decision.outcome()) != Outcome.HOLD
                || release.filter(one -> !one.open()).isPresent();
    }

    /** Whether the release's rollback is about to be started, and nothing is known yet that keeps it from that. */
    boolean rollbackPending() {
        return release.map(Release::rollback)
                .filter(note -> note.pending() && note.detail().isEmpty())
                .isPresent();
    }

    /** What a person should know of the release's rollback; empty when nothing is wrong. */
    public String rollbackDetail() {
        return release.map(one -> one.rollbackDetail(rollback)).orElse("");
    }

    private static Decision decisionOf(Release release) {
        return release.current()
                .orElseThrow(() -> new IllegalStateException(release.name() + " is " + release.state()
                        + " without a decision, which the store never writes"));
    }
}
