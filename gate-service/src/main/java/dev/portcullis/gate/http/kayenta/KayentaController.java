package dev.portcullis.gate.http.kayenta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.EvaluateExecution;
import dev.portcullis.gate.usecase.Evaluation;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.kit.http.RequestArrival;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.http.TooManyCalls;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of Kayenta's REST API that its clients need: Argo Rollouts' metric provider and Spinnaker's Canary stage. A policy is a canary config, a release an
 * execution. To Argo Rollouts every status but 200 is an error, and errors abort; so whatever fails behind the gate is an execution that is not complete. Thread-safe.
 */
@Controller("/v1/kayenta")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KayentaController {
    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final byte[] NOTHING = new byte[0];

    /** In bytes. */
    private static final int LONGEST_NAME = 100;

    private final EvaluateExecution executions;
    private final Policies policies;
    private final Clock clock;

    KayentaController(EvaluateExecution executions, Policies policies, Clock clock) {
        this.executions = executions;
        this.policies = policies;
        this.clock = clock;
    }

    @Get("/credentials")
    HttpResponse<JsonNode> credentials() {
        var account = object().put("name", "portcullis").put("type", "prometheus");
        account.putArray("supportedTypes")
                .add("METRICS_STORE")
                .add("CONFIGURATION_STORE")
                .add("OBJECT_STORE");
        return JsonResponse.of(
                HttpResponse.ok(JsonNodeFactory.instance.arrayNode().add(account)));
    }

    /** Those of an application, if one is named that some policy is of; of another one all that the caller may see. */
    @Get("/canaryConfig")
    HttpResponse<JsonNode> configs(HttpRequest<?> request) {
        var wanted = request.getParameters().getAll("application");
        var caller = RequestCaller.of(request);
        var seen = all().stream()
                .filter(policy -> caller.may(Role.VIEWER, policy.service()))
                .toList();
        var named = seen.stream()
                .filter(policy -> wanted.contains(policy.service()))
                .toList();
        var list = JsonNodeFactory.instance.arrayNode();
        (named.isEmpty() ? seen : named).forEach(policy -> list.add(summary(policy)));
        return JsonResponse.of(HttpResponse.ok(list));
    }

    @Get("/canaryConfig/{id}")
    HttpResponse<JsonNode> config(@PathVariable String id) {
        var policy = policy(id);
        if (policy.isEmpty()) {
            return unknownConfig(id);
        }
        var config = summary(policy.get());
        config.put("description", "ReleasePolicy of service " + policy.get().service());
        config.put("configVersion", "1");
        config.putObject("judge").put("name", "Portcullis").putObject("judgeConfigurations");
        config.putArray("metrics");
        config.putObject("templates");
        var classifier = config.putObject("classifier");
        classifier.putObject("groupWeights");
        classifier.putObject("scoreThresholds").put("pass", 95).put("marginal", 75);
        return JsonResponse.of(HttpResponse.ok(config));
    }

    @Post("/canary/{id}")
    @Consumes(MediaType.ALL)
    HttpResponse<JsonNode> begin(@PathVariable String id, HttpRequest<byte[]> request) {
        var policy = policy(id);
        if (policy.isEmpty()) {
            return unknownConfig(id);
        }
        var parameters = request.getParameters();
        var execution = ExecutionBody.read(
                request.getBody().orElse(NOTHING),
                policy.get().service(),
                named(parameters, "application").orElse("ad-hoc"),
                named(parameters, "parentPipelineExecutionId").orElse(""));
        // Without that, the first look at it begins it.
        if (!TooManyCalls.isOneOf(request)) {
            executions.begin(execution, RequestArrival.nanoTime(request));
        }
        return JsonResponse.of(HttpResponse.ok(object().put("canaryExecutionId", execution.id())));
    }

    private static Optional<String> named(HttpParameters parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(value -> !value.isEmpty())
                .map(value -> GateRequest.checked(name, value));
    }

    @Get("/canary/{id}")
    HttpResponse<JsonNode> read(@PathVariable String id, HttpRequest<?> request) {
        return CanaryExecution.of(id)
                .map(execution -> JsonResponse.of(HttpResponse.ok(
                        ExecutionStatus.of(execution, evaluation(execution, request), clock.instant()))))
                .orElseGet(() -> unknownExecution(id));
    }

    private Evaluation evaluation(CanaryExecution execution, HttpRequest<?> request) {
        return TooManyCalls.isOneOf(request)
                ? executions.unasked()
                : executions.read(execution, RequestArrival.nanoTime(request));
    }

    @Get("/canary/executions")
    HttpResponse<JsonNode> list(HttpRequest<?> request) {
        var parameters = request.getParameters();
        var application = named(parameters, "application");
        var limit = number(parameters, "limit", USUAL);
        var page = number(parameters, "page", 1);
        var statuses = parameters.get("statuses");
        var now = clock.instant();
        var list = JsonNodeFactory.instance.arrayNode();
        executions.newest(application).stream()
                .map(evaluation -> evaluation.release().map(release -> {
                    var execution =
                            CanaryExecution.of(release.key(), release.start().stable());
                    return ExecutionStatus.of(execution, evaluation, now);
                }))
                .flatMap(Optional::stream)
                .filter(status -> statuses == null
                        || List.of(statuses.toLowerCase(Locale.ROOT).split(","))
                                .contains(status.path("status").textValue()))
                .skip((page - 1L) * limit)
                .limit(limit)
                .forEach(list::add);
        return JsonResponse.of(HttpResponse.ok(list));
    }

    private static int number(HttpParameters parameters, String name, int usual) {
        var text = Optional.ofNullable(parameters.get(name)).orElse(Integer.toString(usual));
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new InvalidFieldException(
                    name, "is '" + PlainText.line(text, LONGEST_NAME) + "'; legal: 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    @Put("/pipelines/{id}/cancel")
    @Consumes(MediaType.ALL)
    HttpResponse<JsonNode> cancel(@PathVariable String id) {
        var execution = CanaryExecution.of(id);
        if (execution.isEmpty()) {
            return unknownExecution(id);
        }
        executions.cancel(execution.get());
        return JsonResponse.of(HttpResponse.ok(object()));
    }

    private List<GatePolicy> all() {
        return policies.services().stream()
                .map(policies::find)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(GatePolicy::name))
                .toList();
    }

    private Optional<GatePolicy> policy(String id) {
        return all().stream()
                .filter(policy -> policy.name().equals(id))
                .findFirst()
                .or(() -> policies.find(id));
    }

    private ObjectNode summary(GatePolicy policy) {
        Instant since = policies.since();
        var config = object().put("id", policy.name()).put("name", policy.name());
        config.put("updatedTimestamp", since.toEpochMilli());
        config.put("updatedTimestampIso", since.toString());
        config.putArray("applications").add(policy.service());
        return config;
    }

    private HttpResponse<JsonNode> unknownConfig(String id) {
        var known = all().stream().map(GatePolicy::name).toList();
        return message(
                HttpStatus.NOT_FOUND,
                "no ReleasePolicy is called '" + PlainText.line(id, LONGEST_NAME) + "'; known: "
                        + String.join(", ", known));
    }

    private static MutableHttpResponse<JsonNode> unknownExecution(String id) {
        return message(
                HttpStatus.NOT_FOUND,
                "'" + PlainText.line(id, LONGEST_NAME)
                        + "' is no canary execution of this gate; POST /canary/{canaryConfigId} answers with one");
    }

    @Error(InvalidFieldException.class)
    HttpResponse<JsonNode> malformed(InvalidFieldException e) {
        return message(HttpStatus.BAD_REQUEST, e.field() + " " + e.fault());
    }

    @Error(StoreUnavailableException.class)
    HttpResponse<JsonNode> unavailable(StoreUnavailableException e) {
        return message(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage() + "; nothing was changed, try again");
    }

    /** What is stored of the release cannot be read, perhaps because a newer version wrote it; nothing of it is changed then. */
    @Error(UnreadableDocumentException.class)
    HttpResponse<JsonNode> unreadable(UnreadableDocumentException e) {
        return message(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage() + "; nothing was changed");
    }

    private static MutableHttpResponse<JsonNode> message(HttpStatus status, String text) {
        return JsonResponse.of(HttpResponse.<JsonNode>status(status).body(object().put("message", text)));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
