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
 * @param stage the question's
 * @param settled whether asking again cannot bring another decision at this stage
 * @param dryRun the question's
 * @param dryRunDecision PROMOTE, HOLD or ABORT, what was decided; empty when the question is no dry run
 * @param evaluation id of this question about this release
 * @param address the path at which its answer can be had again
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
