package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.List;
import java.util.function.Function;

/**
 * LaunchDarkly's REST API as far as a kill switch needs it, over real HTTP: one flag in one environment. Imitates the documented
 * representation (FeatureFlag, FeatureFlagConfig and ApprovalSettings of its OpenAPI document, API version 20240415) and JSON patches
 * (RFC 6902) with their tests; every change of the flag's settings in the environment makes its version grow by one.
 */
final class LaunchDarklyServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLAG = "/api/v2/flags/shop/new-checkout";
    private static final String ENVIRONMENT = "/api/v2/projects/shop/environments/production";

    private final StubHttpServer server = new StubHttpServer(this::answer);

    /** Answers GET of the flag; a test may put another before it. */
    volatile Function<Request, Response> onLook = request -> flag();

    /** Answers PATCH of the flag; a test may put another before it. */
    volatile Function<Request, Response> onPatch = this::patch;

    /** Answers GET of the environment; a test may put another before it. */
    volatile Function<Request, Response> onEnvironment =
            request -> Response.json(200, "{\"key\":\"production\",\"approvalSettings\":{\"required\":false}}");

    /** Status of a patch one of whose tests fails. */
    volatile int failedTest = 409;

    volatile String offVariation = "\"offVariation\":1,";

    private boolean on = true;
    private int version = 12;
    private int effects;

    private Response answer(Request request) {
        return switch (request.method() + " " + request.uri().getPath()) {
            case "GET " + FLAG -> onLook.apply(request);
            case "PATCH " + FLAG -> onPatch.apply(request);
            case "GET " + ENVIRONMENT -> onEnvironment.apply(request);
            default -> Response.json(404, "{\"code\":\"not_found\",\"message\":\"Invalid resource identifier\"}");
        };
    }

    synchronized Response flag() {
        return Response.json(200, """
                {"key":"new-checkout","kind":"boolean","_version":3,"tags":["checkout"],
                 "variations":[{"value":true,"name":"new"},{"value":false,"name":"old"}],
                 "environments":{"production":{"on":%s,"version":%d,%s"fallthrough":{"variation":0}}}}
                """.formatted(on, version, offVariation));
    }

    /** Applies a JSON patch as a whole or not at all. */
    synchronized Response patch(Request request) {
        try {
            for (var operation : JSON.readTree(request.body()).path("patch")) {
                if (operation.path("op").asText().equals("test") && !holds(operation)) {
                    return Response.json(failedTest, "{\"code\":\"conflict\",\"message\":\"test failed\"}");
                }
            }
            switched(false);
            effects++;
            return flag();
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

    synchronized int effects() {
        return effects;
    }

    List<Request> patches() {
        return server.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
    }

    List<Request> requests() {
        return server.requests();
    }

    String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
