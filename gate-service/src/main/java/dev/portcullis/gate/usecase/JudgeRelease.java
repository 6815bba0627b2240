package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import java.util.Optional;

/**
 * Decides on an open release by what analysis-service and the rules for promotions say, records the decision if it says something new, and does what follows from it. Thread-safe.
 *
 * <p>The other service is asked outside any transaction; what it said is held against the release as it is then, under its lock.
 */
public final class JudgeRelease {
    private final Releases releases;
    private final PromotionRules rules;
    private final GroupAborts groups;
    private final JudgeWatchedRelease watched;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public JudgeRelease(
            Releases releases,
            PromotionRules rules,
            GroupAborts groups,
            JudgeWatchedRelease watched,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        this.releases = releases;
        this.rules = rules;
        this.groups = groups;
        this.watched = watched;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Does it.
     *
     * @param reply what analysis-service says of the release
     * @param policy the service's; a release outlives it: without one, a FAIL still aborts, and an undecided deadline waits for a person
     * @param step the rollout's step, for the record; may be empty
     */
    Evaluation judge(Release release, AnalysisReply reply, Optional<GatePolicy> policy, String step) {
        var byEvidence = byEvidence(release, reply, policy);
        if (release.watched()) {
            return watched.judge(release, reply, byEvidence);
        }
        if (release.latest().isEmpty() && opensNothing(reply)) {
            // Kept, it would answer the next question, which may be right, with the fault of this one.
            releases.discard(release.id());
            return Evaluation.unrecorded(byEvidence);
        }
        var decided = byRules(byEvidence, release);
        return release.learnsFrom(reply, decided)
                ? record(release, reply, policy, byEvidence, decided, step)
                : Evaluation.latest(release, decided);
    }

    /** What the evidence means without the rules for promotions. */
    static Decision byEvidence(Release release, AnalysisReply reply, Optional<GatePolicy> policy) {
        return policy.map(
                        known -> known.decide(reply, release.start().details()).by(known.version()))
                .orElseGet(() -> DecisionRules.decide(reply, UndecidedAction.HOLD, FailActions.ABORT));
    }

    /** Asked again under the release's lock, since what a person did meanwhile counts, and what became of the others of its group. */
    private Decision byRules(Decision byEvidence, Release release) {
        return rules.apply(groups.apply(byEvidence, release), Promotion.of(release, originFactory.now()));
    }

    private static Release promoted(Release after, Optional<GatePolicy> policy) {
        return after.state() == ReleaseState.PROMOTED
                ? policy.map(known -> known.promoted(after)).orElse(after)
                : after;
    }

    private static boolean opensNothing(AnalysisReply reply) {
        return reply instanceof AnalysisReply.ServiceUnknown || reply instanceof AnalysisReply.Refused;
    }

    private Evaluation record(
            Release release,
            AnalysisReply reply,
            Optional<GatePolicy> policy,
            Decision byEvidence,
            Decision decided,
            String step) {
        var over = reply.report().filter(AnalysisReport::ended).isPresent();
        return changeRelease
                .change(
                        release.id(),
                        current -> current.heard(reply, byRules(byEvidence, current), originFactory.gate(step))
                                .map(after -> promoted(after, policy)),
                        !over)
                .or(() -> releases.find(release.id()))
                .map(now -> Evaluation.latest(now, decided))
                .orElseGet(
                        () -> Evaluation.unrecorded(
                                Decision.hold(
                                        DecisionReason.ANALYSIS_REFUSED,
                                        "analysis-service refused to judge this release when it was opened, so it was not kept; ask again")));
    }
}
