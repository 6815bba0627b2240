package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Review;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.util.Optional;

/**
 * The answer to a caller's question.
 *
 * @param release the release; empty when none could be opened
 * @param recorded the decision; empty when it could not be recorded, and then the ruling is a HOLD
 * @param basis what is known of the canary now; its figures may be newer than the decision's
 * @param rollback how the release's rollback stands; empty when there is none
 */
public record Evaluation(
        Optional<Release> release,
        Optional<Decision> recorded,
        Ruling ruling,
        Basis basis,
        Optional<RollbackStatus> rollback) {
    /** A HOLD of which nothing was kept. */
    static Evaluation unrecorded(Ruling hold) {
        return new Evaluation(Optional.empty(), Optional.empty(), hold, Basis.NONE, Optional.empty());
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
        return new Evaluation(Optional.of(release), Optional.of(decision), decision.ruling(), basis, Optional.empty());
    }

    /** The same with how the release's rollback stands. */
    Evaluation with(Optional<RollbackStatus> status) {
        return new Evaluation(release, recorded, ruling, basis, status);
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
