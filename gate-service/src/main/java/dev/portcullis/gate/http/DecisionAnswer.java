package dev.portcullis.gate.http;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.gate.usecase.Evaluation;
import io.micronaut.core.annotation.Introspected;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A decision as JSON. Every field is always there, since a condition over a missing field is an error to Argo Rollouts, and errors abort.
 *
 * @param decision PROMOTE, HOLD or ABORT
 * @param verdict CONTINUE when nothing was judged
 * @param measuring UNREACHABLE when nobody could be asked, NO_DATA when there is nothing to ask about
 * @param release name of the release; empty when none could be opened
 * @param run which run of this canary the release is, from 1: it rises when the canary comes back; 0 when none could be opened
 * @param decisionId the decision's UUID; empty when it could not be recorded
 * @param objective the SLO that the explanation is about, and the two rates are of; empty when there is none
 * @param successRate ratios of good requests; -1 while nothing was counted
 * @param burnRate bad ratio / allowed bad ratio; -1 while nothing was counted
 * @param eValues of all tests together, with their thresholds
 * @param objectives every objective with numbers of its own
 * @param rollback name of the rollback an ABORT started; empty when there is none
 * @param rollbackState how it stands, in rollback-service's word; ORDERED while it has no name yet, UNKNOWN when that could not be asked, empty when there is none
 * @param rollbackDetail what a person should know of it; empty when nothing is wrong
 * @param traceId of this answer; empty when it was not traced
 */
@Introspected
public record DecisionAnswer(
        String decision,
        String verdict,
        String measuring,
        List<String> reasons,
        String explanation,
        String release,
        int run,
        String decisionId,
        String objective,
        Figures.Arms successRate,
        Figures.Arms burnRate,
        Figures.Ratios eValues,
        List<ObjectiveFigures> objectives,
        String rollback,
        String rollbackState,
        String rollbackDetail,
        String traceId) {
    private static final Set<DecisionReason> NOBODY_TO_ASK = EnumSet.of(
            DecisionReason.ANALYSIS_UNAVAILABLE,
            DecisionReason.STORE_UNAVAILABLE,
            DecisionReason.ANSWER_TIMEOUT,
            DecisionReason.INTERNAL_ERROR,
            DecisionReason.TOO_MANY_CALLS);

    /** The answer to a question. */
    public static DecisionAnswer of(Evaluation evaluation, String traceId) {
        var decision = evaluation.decision();
        var figures = decision.figures();
        var unasked = decision.reasons().stream().anyMatch(NOBODY_TO_ASK::contains)
                ? MeasuringState.UNREACHABLE
                : MeasuringState.NO_DATA;
        var wrong = evaluation.rollbackDetail();
        return new DecisionAnswer(
                decision.outcome().name(),
                decision.verdict().orElse(Verdict.CONTINUE).name(),
                decision.measuring().orElse(unasked).name(),
                decision.reasons().stream().map(DecisionReason::name).toList(),
                wrong.isEmpty() ? decision.explanation() : decision.explanation() + " Rollback: " + wrong,
                evaluation.release().map(Release::name).orElse(""),
                evaluation.release().map(release -> release.start().run()).orElse(0),
                evaluation.recorded().map(recorded -> recorded.id().toString()).orElse(""),
                figures.objective(),
                figures.successRate(),
                figures.burnRate(),
                figures.evidence(),
                figures.objectives(),
                evaluation
                        .release()
                        .map(release -> release.rollback().rollback())
                        .orElse(""),
                evaluation.rollback().map(RollbackStatus::state).orElse(""),
                wrong,
                traceId);
    }
}
