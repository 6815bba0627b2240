package dev.portcullis.gate.http;

import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.judgement.Figures;
import dev.portcullis.gate.judgement.Measuring;
import dev.portcullis.gate.judgement.Verdict;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.usecase.Evaluation;
import io.micronaut.core.annotation.Introspected;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The body of every answer to Argo Rollouts. Every field is always there, since a condition over a missing field is an error there, and errors abort.
 *
 * @param decision PROMOTE, HOLD or ABORT
 * @param verdict CONTINUE when nothing was judged
 * @param measuring UNREACHABLE when nobody could be asked, NO_DATA when there is nothing to ask about
 * @param release name of the release; empty when none could be opened
 * @param run which run of this canary the release is, from 1: it rises when the canary comes back; 0 when none could be opened
 * @param decisionId the decision's UUID; empty when it could not be recorded
 * @param successRate ratios of good requests; -1 while nothing was counted
 * @param burnRate bad ratio / allowed bad ratio; -1 while nothing was counted
 * @param traceId of this answer; empty when it was not traced
 */
@Introspected
record ArgoAnswer(
        String decision,
        String verdict,
        String measuring,
        List<String> reasons,
        String explanation,
        String release,
        int run,
        String decisionId,
        Figures.Arms successRate,
        Figures.Arms burnRate,
        Figures.Ratios evidence,
        String traceId) {
    private static final Set<Reason> NOBODY_TO_ASK = EnumSet.of(Reason.ANALYSIS_UNAVAILABLE, Reason.STORE_UNAVAILABLE);

    static ArgoAnswer of(Evaluation evaluation, String traceId) {
        var ruling = evaluation.ruling();
        var basis = evaluation.basis();
        var unasked =
                ruling.reasons().stream().anyMatch(NOBODY_TO_ASK::contains) ? Measuring.UNREACHABLE : Measuring.NO_DATA;
        return new ArgoAnswer(
                ruling.outcome().name(),
                basis.verdict().orElse(Verdict.CONTINUE).name(),
                basis.measuring().orElse(unasked).name(),
                ruling.reasons().stream().map(Reason::name).toList(),
                ruling.explanation(),
                evaluation.release().map(Release::name).orElse(""),
                evaluation.release().map(release -> release.opening().run()).orElse(0),
                evaluation.recorded().map(decision -> decision.id().toString()).orElse(""),
                basis.figures().successRate(),
                basis.figures().burnRate(),
                basis.figures().evidence(),
                traceId);
    }
}
