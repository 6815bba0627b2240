package dev.portcullis.gate.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.http.JsonBody;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the paths of gate-service need of their callers. */
public final class GateHttpAccess {
    /** What Argo Rollouts, Flagger and Spinnaker ask again and again while a canary is open, and take any refusal for a failure. */
    private static final Set<String> CONTROLLERS = Set.of(
            "GET /v1/argo",
            "POST /v1/argo",
            "POST /v1/flagger/{type}",
            "POST /v1/kayenta/canary/{id}",
            "GET /v1/kayenta/canary/{id}");

    private GateHttpAccess() {}

    /**
     * The list.
     *
     * @param policies by whose names the clients of Kayenta mean services
     * @param evaluation the service of an evaluation's id; empty when it is none
     * @param execution the service of a canary execution's id; empty when it is none
     */
    public static HttpAccess of(
            Policies policies,
            Function<String, Optional<String>> evaluation,
            Function<String, Optional<String>> execution) {
        return HttpAccess.NONE
                .with(HttpMethod.GET, "/v1/argo", request -> Optional.of(ofQuery(request)))
                .withBody(
                        HttpMethod.POST,
                        "/v1/argo",
                        (request, body) -> body.length == 0 ? ofQuery(request) : ofBody(body, GateHttpAccess::service))
                .withBody(HttpMethod.POST, "/v1/gate", (request, body) -> ofBody(body, GateHttpAccess::service))
                .with(
                        HttpMethod.GET,
                        "/v1/gate/evaluations/{evaluation}",
                        request -> found(Role.DEPLOYER, request, "evaluation", evaluation))
                .withBody(
                        HttpMethod.POST, "/v1/flagger/{type}", (request, body) -> ofBody(body, GateHttpAccess::hooked))
                // The signature of its body says who sends it.
                .withOpen(HttpMethod.POST, "/v1/github/protection-rule")
                .with(
                        HttpMethod.GET,
                        "/v1/kayenta/credentials",
                        request -> Optional.of(Requirement.somewhere(Role.VIEWER)))
                .with(
                        HttpMethod.GET,
                        "/v1/kayenta/canaryConfig",
                        request -> Optional.of(Requirement.somewhere(Role.VIEWER)))
                .with(
                        HttpMethod.GET,
                        "/v1/kayenta/canaryConfig/{id}",
                        request -> found(Role.VIEWER, request, "id", id -> policyService(policies, id)))
                .with(
                        HttpMethod.POST,
                        "/v1/kayenta/canary/{id}",
                        request -> found(Role.DEPLOYER, request, "id", id -> policyService(policies, id)))
                .with(
                        HttpMethod.GET,
                        "/v1/kayenta/canary/{id}",
                        request -> found(Role.DEPLOYER, request, "id", execution))
                .with(
                        HttpMethod.GET,
                        "/v1/kayenta/canary/executions",
                        request -> Optional.of(Requirement.everywhere(Role.VIEWER)))
                .with(
                        HttpMethod.PUT,
                        "/v1/kayenta/pipelines/{id}/cancel",
                        request -> found(Role.DEPLOYER, request, "id", execution))
                .and(audit())
                .holding(CONTROLLERS);
    }

    /** A checkpoint tells of nothing but how much was done; what was done is for those who may see every service. */
    private static HttpAccess audit() {
        var auditor = Optional.of(Requirement.everywhere(Role.VIEWER));
        return HttpAccess.NONE
                .withOpen(HttpMethod.GET, "/audit/checkpoint")
                .withOpen(HttpMethod.GET, "/audit/checkpoint/witnessed")
                .with(HttpMethod.GET, "/audit/tile/{+path}", request -> auditor)
                .with(HttpMethod.GET, "/v1/audit/entries/{index}/proof", request -> auditor)
                .with(HttpMethod.GET, "/v1/audit/changes", request -> auditor);
    }

    private static Requirement ofQuery(HttpRequest<?> request) {
        return Requirement.of(
                Role.DEPLOYER,
                Optional.ofNullable(request.getParameters().get("service")).orElse(""));
    }

    /** A body that cannot be read is about no service, and its controller will say what is wrong with it. */
    private static Requirement ofBody(byte[] body, Function<JsonNode, String> service) {
        try {
            return Requirement.of(Role.DEPLOYER, service.apply(JsonBody.object(body)));
        } catch (JsonBody.UnreadableException e) {
            return Requirement.somewhere(Role.DEPLOYER);
        }
    }

    private static String service(JsonNode body) {
        return body.path("service").asText("");
    }

    private static String hooked(JsonNode body) {
        var named = body.path("metadata").path("service");
        return named.isMissingNode() ? body.path("name").asText("") : named.asText("");
    }

    private static Optional<Requirement> found(
            Role role, HttpRequest<?> request, String variable, Function<String, Optional<String>> service) {
        var id = BasicHttpAttributes.getRouteMatchInfo(request)
                .map(match -> String.valueOf(match.getVariableValues().get(variable)))
                .orElse("");
        return Optional.of(Requirement.found(role, () -> service.apply(id)));
    }

    private static Optional<String> policyService(Policies policies, String id) {
        return policies.services().stream()
                .map(policies::find)
                .flatMap(Optional::stream)
                .filter(policy -> policy.name().equals(id))
                .findFirst()
                .or(() -> policies.find(id))
                .map(GatePolicy::service);
    }
}
