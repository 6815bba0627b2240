package dev.portcullis.gate.http.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.usecase.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a canary execution stands, as Kayenta says it. One that is complete always has a score: without it Argo Rollouts counts an error, and errors abort. Whatever
 * Spinnaker's client requires is never null.
 */
final class ExecutionStatus {
    /** Nothing but a person, or another question, brings anything else. */
    private static final Set<DecisionReason> FOR_A_PERSON = EnumSet.of(
            DecisionReason.DEADLINE_UNDECIDED,
            DecisionReason.RELEASE_EXPIRED,
            DecisionReason.ANALYSIS_CANCELLED,
            DecisionReason.ANALYSIS_REFUSED,
            DecisionReason.CANARY_IS_STABLE);

    private final CanaryExecution execution;
    private final Evaluation evaluation;
    private final Instant now;

    private ExecutionStatus(CanaryExecution execution, Evaluation evaluation, Instant now) {
        this.execution = execution;
        this.evaluation = evaluation;
        this.now = now;
    }

    static JsonNode of(CanaryExecution execution, Evaluation evaluation, Instant now) {
        return new ExecutionStatus(execution, evaluation, now).status();
    }

    private JsonNode status() {
        var score = execution.score(evaluation.decision().outcome(), settled());
        var begun = evaluation.release().map(release -> release.start().time()).orElse(now);
        var ended = score.isPresent()
                ? Optional.of(evaluation
                        .recorded()
                        .flatMap(Decision::origin)
                        .map(origin -> origin.time())
                        .orElse(now))
                : Optional.<Instant>empty();
        var word = word(score);
        var status = object();
        status.put("application", execution.application());
        status.put("parentPipelineExecutionId", execution.pipeline().isEmpty() ? null : execution.pipeline());
        status.put("pipelineId", execution.id());
        status.putObject("stageStatus").put("portcullis", word);
        status.put("complete", score.isPresent());
        status.put("status", word);
        status.putNull("exception");
        if (score.isPresent()) {
            status.set("result", result(score.getAsInt(), Duration.between(begun, ended.orElse(now))));
        } else {
            status.putNull("result");
        }
        status.putNull("config");
        status.put("canaryConfigId", execution.service());
        status.set("canaryExecutionRequest", request());
        status.putNull("metricSetPairListId");
        time(status, "build", Optional.of(begun));
        time(status, "start", Optional.of(begun));
        time(status, "end", ended);
        status.putNull("storageAccountName");
        status.putNull("metricsAccountName");
        status.putNull("configurationAccountName");
        return status;
    }

    private boolean settled() {
        return evaluation.settled() || evaluation.decision().reasons().stream().anyMatch(FOR_A_PERSON::contains);
    }

    private String word(OptionalInt score) {
        if (score.isEmpty()) {
            return "running";
        }
        var cancelled = evaluation.release().filter(release -> !release.open()).isPresent()
                && evaluation.decision().reasons().contains(DecisionReason.ANALYSIS_CANCELLED);
        return cancelled ? "canceled" : "succeeded";
    }

    private JsonNode result(int score, Duration took) {
        var result = object();
        result.put("application", execution.application());
        result.set("canaryExecutionRequest", request());
        result.put("canaryDuration", (took.isNegative() ? Duration.ZERO : took).toString());
        var judged = result.putObject("judgeResult");
        judged.put("judgeName", "Portcullis");
        var rows = judged.putArray("results");
        evaluation.decision().figures().objectives().forEach(objective -> rows.add(row(objective)));
        judged.putArray("groupScores");
        judged.putObject("score")
                .put("score", score)
                .put("classification", classification())
                .put("classificationReason", evaluation.decision().explanation());
        return result;
    }

    private String classification() {
        return switch (evaluation.decision().outcome()) {
            case PROMOTE -> "Pass";
            case HOLD -> "Marginal";
            case ABORT -> "Fail";
        };
    }

    /** One objective; what Kayenta counts are points in time, here the windows that were judged. */
    private JsonNode row(ObjectiveFigures objective) {
        var row = object();
        row.put("name", objective.slo());
        row.putObject("tags");
        row.put("id", objective.slo());
        row.put("classification", classification(objective));
        row.put("classificationReason", text(objective));
        row.putArray("groups");
        row.putObject("experimentMetadata")
                .set(
                        "stats",
                        stats(
                                objective.badRequests().canary(),
                                objective.requests().canary()));
        row.putObject("controlMetadata")
                .set(
                        "stats",
                        stats(
                                objective.badRequests().baseline(),
                                objective.requests().baseline()));
        row.putObject("resultMetadata");
        row.put("critical", false);
        row.put("muted", false);
        return row;
    }

    private String classification(ObjectiveFigures objective) {
        if (objective.requests().canary() <= 0) {
            return "Nodata";
        }
        var culprit = evaluation.decision().outcome() == Outcome.ABORT
                && objective.slo().equals(evaluation.decision().figures().objective());
        return culprit ? "High" : "Pass";
    }

    private static String text(ObjectiveFigures objective) {
        return "canary: " + Math.round(objective.badRequests().canary()) + " bad of "
                + Math.round(objective.requests().canary()) + " requests; stable version: "
                + Math.round(objective.badRequests().baseline()) + " of "
                + Math.round(objective.requests().baseline());
    }

    private ObjectNode stats(double bad, double requests) {
        var stats = object().put("count", Math.max(0, evaluation.decision().windows()));
        if (requests > 0) {
            stats.put("mean", bad / requests);
        }
        return stats;
    }

    private JsonNode request() {
        var request = object();
        var pair = request.putObject("scopes").putObject("default");
        scope(pair.putObject("controlScope"), execution.stable());
        scope(pair.putObject("experimentScope"), execution.canary());
        request.putObject("thresholds").put("pass", execution.pass()).put("marginal", execution.marginal());
        return request;
    }

    private void scope(ObjectNode scope, String arm) {
        var begun = evaluation
                .release()
                .map(Release::start)
                .map(start -> start.time())
                .orElse(now);
        scope.put("scope", arm);
        scope.put("location", execution.location());
        scope.put("start", begun.toString());
        scope.put("end", now.isBefore(begun) ? begun.toString() : now.toString());
        scope.put("step", 60);
        scope.putObject("extendedScopeParams");
    }

    private static void time(ObjectNode status, String which, Optional<Instant> time) {
        status.put(which + "TimeMillis", time.map(Instant::toEpochMilli).orElse(null));
        status.put(which + "TimeIso", time.map(Instant::toString).orElse(null));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
