package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Review;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a caller's question.
 *
 * @param release the release; empty when none could be opened
 * @param recorded the decision; empty when none was recorded, and then the ruling is a HOLD, but before a deploy
 * @param basis what is known of the canary now; its figures may be newer than the decision's
 * @param ruling what to do, and why
 * @param dryRun what was decided, when the question was asked as a dry run and is answered PROMOTE whatever that is; empty otherwise
 * @param rollback how the release's rollback stands; empty when there is none
 */
public record Evaluation(
        Optional<Release> release,
        Optional<Decision> recorded,
        Ruling ruling,
        Basis basis,
        Optional<Outcome> dryRun,
        Optional<RollbackStatus> rollback) {
    /** A ruling of which nothing was kept: a HOLD, or one before a deploy. */
    static Evaluation unrecorded(Ruling ruling) {
        return new Evaluation(
                Optional.empty(), Optional.empty(), ruling, Basis.NONE, Optional.empty(), Optional.empty());
    }

    /** The latest decision of a release on which something was decided before. */
    static Evaluation latest(Release release) {
        var decision = decisionOf(release);
        return of(release, decision, decision.basis());
    }

    /** The latest decision, with the figures just heard if they belong to it. */
    static Evaluation latest(Release release, Review review) {
        var decision = decisionOf(release);
        var basis = decision.says(review.ruling(), review.basis()) ? review.basis() : decision.basis();
        return of(release, decision, basis);
    }

    private static Evaluation of(Release release, Decision decision, Basis basis) {
        return new Evaluation(
                Optional.of(release),
                Optional.of(decision),
                decision.ruling(),
                basis,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with how the release's rollback stands. */
    Evaluation with(Optional<RollbackStatus> status) {
        return new Evaluation(release, recorded, ruling, basis, dryRun, status);
    }

    /**
     * The same as the answer after a deploy: PROMOTE only when nothing can bring an ABORT any more.
     *
     * @param review that it comes from
     */
    Evaluation atEnd(Review review) {
        if (ruling.outcome() != Outcome.PROMOTE
                || review.analysisOver()
                || release.filter(Release::open).isEmpty()) {
            return this;
        }
        return with(Ruling.hold(
                DecisionReason.ANALYSIS_RUNNING,
                "the canary has passed and is measured"
                        + review.deadline()
                                .map(time -> " until " + time.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(" on") + ", up to when a FAIL would override the PASS; ask again then. "
                        + ruling.explanation()));
    }

    /** The same as the answer to a dry run. */
    Evaluation asDryRun() {
        var reasons = Stream.concat(Stream.of(DecisionReason.DRY_RUN), ruling.reasons().stream())
                .toList();
        var answered = new Ruling(
                Outcome.PROMOTE,
                reasons,
                "dry run: the decision is " + ruling.outcome() + ", the answer PROMOTE whatever was decided. "
                        + ruling.explanation());
        return new Evaluation(release, recorded, answered, basis, Optional.of(ruling.outcome()), rollback);
    }

    private Evaluation with(Ruling other) {
        return new Evaluation(release, recorded, other, basis, dryRun, rollback);
    }

    /** Whether asking again cannot bring another decision: PROMOTE or ABORT was decided, or the release has ended. */
    public boolean settled() {
        return dryRun.orElse(ruling.outcome()) != Outcome.HOLD
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
        return release.latest()
                .orElseThrow(() -> new IllegalStateException(release.name() + " is " + release.state()
                        + " without a decision, which the store never writes"));
    }
}
