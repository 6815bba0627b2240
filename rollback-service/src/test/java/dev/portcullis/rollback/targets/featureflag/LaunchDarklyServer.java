package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.function.Function;

/**
 * LaunchDarkly's REST API as far as a kill switch needs it, over real HTTP: one flag in one environment. Imitates the documented
 * representation (FeatureFlag, FeatureFlagConfig and ApprovalSettings of its OpenAPI document, API version 20240415) and JSON patches
 * (RFC 6902) with their tests; every change of the flag's settings in the environment makes its version grow by one.
 */
final class LaunchDarklyServer extends FlagServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLAG = "/api/v2/flags/shop/new-checkout";
    private static final String ENVIRONMENT = "/api/v2/projects/shop/environments/production";

    /** Answers GET of the environment; a test may put another before it. */
    volatile Function<Request, Response> onEnvironment =
            request -> Response.json(200, "{\"key\":\"production\",\"approvalSettings\":{\"required\":false}}");

    /** Status of a patch one of whose tests fails. */
    volatile int failedTest = 409;

    volatile String offVariation = "\"offVariation\":1,";

    private boolean on = true;
    private int version = 12;

    LaunchDarklyServer() {
        super("PATCH");
    }

    @Override
    Response answer(Request request) {
        return switch (request.method() + " " + request.uri().getPath()) {
            case "GET " + FLAG -> onLook.apply(request);
            case "PATCH " + FLAG -> onChange.apply(request);
            case "GET " + ENVIRONMENT -> onEnvironment.apply(request);
            default -> Response.json(404, "{\"code\":\"not_found\",\"message\":\"Invalid resource identifier\"}");
        };
    }

    @Override
    synchronized Response look() {
        return Response.json(200, """
                {"key":"new-checkout","kind":"boolean","_version":3,"tags":["checkout"],
                 "variations":[{"value":true,"name":"new"},{"value":false,"name":"old"}],
                 "environments":{"production":{"on":%s,"version":%d,%s"fallthrough":{"variation":0}}}}
                """.formatted(on, version, offVariation));
    }

    /** Applies a JSON patch as a whole or not at all. */
    @Override
    synchronized Response change(Request request) {
        try {
            for (var operation : JSON.readTree(request.body()).path("patch")) {
                if (operation.path("op").asText().equals("test") && !holds(operation)) {
                    return Response.json(failedTest, "{\"code\":\"conflict\",\"message\":\"test failed\"}");
                }
            }
            switched(false);
            noteEffect();
            return look();
        } catch (JsonProcessingException e) {
            return Response.json(400, "{\"code\":\"invalid_request\"}");
        }
    }

    private boolean holds(JsonNode operation) {
        return operation.path("path").asText().equals("/environments/production/version")
                && operation.path("value").asInt() == version;
    }

    /** Switches the flag by some hand. */
    synchronized void switched(boolean state) {
        version += state == on ? 0 : 1;
        on = state;
    }

    synchronized boolean on() {
        return on;
    }
}
