package dev.portcullis.gate.http.gate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.http.DecisionAnswer;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.usecase.Evaluation;
import io.micronaut.core.annotation.Introspected;

/**
 * The body of every answer of {@code /v1/gate}: what {@code /v1/argo} answers, and the following. Every field is always there.
 *
 * @param stage the question's; empty when it could not be read
 * @param settled whether asking again cannot bring another decision at this stage
 * @param dryRun the question's
 * @param dryRunDecision PROMOTE, HOLD or ABORT, what was decided; empty when the question is no dry run
 * @param evaluation id of this question about this release; empty when it could not be read
 * @param address the path at which its answer can be had again; empty when it has none
 */
@Introspected
record GateAnswer(
        @JsonUnwrapped DecisionAnswer answer,
        String stage,
        boolean settled,
        boolean dryRun,
        String dryRunDecision,
        String evaluation,
        String address) {
    /** Path of the evaluations. */
    static final String EVALUATIONS = "/v1/gate/evaluations/";

    /** The answer to a question that could not be read by a fault of our own: nothing is known of it, and its evaluation has no address. */
    static GateAnswer unread(Evaluation evaluation, String traceId) {
        return new GateAnswer(DecisionAnswer.of(evaluation, traceId), "", false, false, "", "", "");
    }

    static GateAnswer of(GateRequest request, Evaluation evaluation, String traceId) {
        var about =
                evaluation.release().map(release -> request.about(release.id())).orElse(request);
        var id = EvaluationId.of(about);
        return new GateAnswer(
                DecisionAnswer.of(evaluation, traceId),
                request.step(),
                evaluation.settled(),
                request.dryRun(),
                evaluation.dryRun().map(Outcome::name).orElse(""),
                id,
                EVALUATIONS + id);
    }
}
