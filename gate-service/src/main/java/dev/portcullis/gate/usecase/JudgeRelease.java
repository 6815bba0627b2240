package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Review;
import java.util.Optional;

/**
 * Decides on an open release by what analysis-service says, records the decision if it says something new, and does what follows from it. Thread-safe.
 *
 * <p>The other service is asked outside any transaction; what it said is held against the release as it is then, under its lock.
 */
public final class JudgeRelease {
    private final Releases releases;
    private final OriginFactory originFactory;
    private final FollowUp followUp;

    public JudgeRelease(Releases releases, OriginFactory originFactory, FollowUp followUp) {
        this.releases = releases;
        this.originFactory = originFactory;
        this.followUp = followUp;
    }

    /**
     * Does it.
     *
     * @param reply what analysis-service says of the release
     * @param step the rollout's step, for the record; may be empty
     */
    Result judge(Release release, AnalysisReply reply, UndecidedAction undecided, String step) {
        var review = new Review(reply, DecisionRules.decide(reply, undecided));
        if (release.latest().isEmpty() && opensNothing(reply)) {
            // Kept, it would answer the next question, which may be right, with the fault of this one.
            releases.discard(release.id());
            return new Result(Evaluation.unrecorded(review.ruling()), review);
        }
        var evaluation =
                release.learnsFrom(review) ? record(release, review, step) : Evaluation.latest(release, review);
        return new Result(evaluation, review);
    }

    private static boolean opensNothing(AnalysisReply reply) {
        return reply instanceof AnalysisReply.ServiceUnknown || reply instanceof AnalysisReply.Refused;
    }

    private Evaluation record(Release release, Review review, String step) {
        var changed = releases.change(release.id(), current -> current.heard(review, originFactory.gate(step)));
        if (changed.isEmpty()) {
            return Evaluation.unrecorded(
                    Ruling.hold(
                            DecisionReason.ANALYSIS_REFUSED,
                            "analysis-service refused to judge this release when it was opened, so it was not kept; ask again"));
        }
        return Evaluation.latest(
                followUp.after(changed.get(), running(changed.get().release(), review)), review);
    }

    /** Not known to have ended, as far as was heard. */
    private static Optional<String> running(Release release, Review review) {
        return Optional.of(release.analysis()).filter(analysis -> !analysis.isEmpty() && !review.analysisOver());
    }

    /** What came of it, and what it came from. */
    record Result(Evaluation evaluation, Review review) {}
}
