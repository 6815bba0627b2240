package dev.portcullis.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The shop seen from outside, on 127.0.0.1: {@code GET /sd} (HTTP service discovery), {@code POST /rollback} (the webhook that returns the traffic) and
 * {@code GET /traffic} (its read-back). Thread-safe.
 */
final class ShopServer implements AutoCloseable {
    /** The label whose value is the version's hash, as Argo Rollouts puts it on its pods. */
    static final String ARM_LABEL = "rollouts_pod_template_hash";

    private static final int MAX_BODY_BYTES = 65_536;

    private final Shop shop;
    private final HttpServer server;

    private ShopServer(Shop shop, HttpServer server) {
        this.shop = shop;
        this.server = server;
    }

    /** Serves a shop on a free port. */
    static ShopServer start(Shop shop) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var started = new ShopServer(shop, server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/sd", only("GET", exchange -> started.discovery()));
            server.createContext("/rollback", only("POST", started::rollBack));
            server.createContext("/traffic", only("GET", started::traffic));
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the shop found no port on 127.0.0.1", e);
        }
    }

    private interface Endpoint {
        JsonAnswer answer(HttpExchange exchange) throws IOException;
    }

    private static HttpHandler only(String method, Endpoint endpoint) {
        return exchange -> {
            try (exchange) {
                var fits = exchange.getRequestMethod().equals(method);
                var answer = fits ? endpoint.answer(exchange) : JsonAnswer.fault(405, "method", "use " + method);
                answer.send(exchange);
            }
        };
    }

    private JsonAnswer discovery() {
        var targets = shop.deployments().stream()
                .flatMap(deployment -> deployment.pods().stream()
                        .map(pod -> target(pod, deployment.version().hash())))
                .toList();
        return new JsonAnswer(200, targets);
    }

    private static Map<String, Object> target(ShopPod pod, String hash) {
        var labels = Map.of("pod", pod.name(), ARM_LABEL, hash, "service", Shop.SERVICE);
        return Map.of("targets", List.of(pod.target()), "labels", labels);
    }

    private JsonAnswer rollBack(HttpExchange exchange) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return JsonAnswer.fault(400, "Idempotency-Key", "is missing; send one key per rollback");
        }
        var body = JsonAnswer.object(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
        return body.map(json -> rollBack(key, json))
                .orElseGet(() -> JsonAnswer.fault(400, "body", "is not a JSON object of at most 64 KiB"));
    }

    private JsonAnswer rollBack(String key, JsonNode json) {
        var missing = firstMissing(json);
        if (!missing.isEmpty()) {
            return JsonAnswer.fault(400, missing, "is missing; it is a text that is not empty");
        }
        var reply = shop.rollBack(new RollbackCall(
                key,
                text(json, "rollback"),
                text(json, "service"),
                text(json, "release"),
                text(json, "from"),
                text(json, "to"),
                text(json, "reason")));
        return new JsonAnswer(reply.status(), Map.of("detail", reply.detail()));
    }

    private static String firstMissing(JsonNode json) {
        return Stream.of("rollback", "service", "from", "to")
                .filter(field -> text(json, field).isBlank())
                .findFirst()
                .orElse("");
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText("");
    }

    private JsonAnswer traffic(HttpExchange exchange) {
        var query = QueryText.parse(exchange.getRequestURI().getRawQuery());
        var service = query.getOrDefault("service", "");
        var to = query.getOrDefault("to", "");
        if (!service.equals(Shop.SERVICE)) {
            return JsonAnswer.fault(404, "service", "'" + service + "' is not sold here; legal: " + Shop.SERVICE);
        }
        var restored = shop.hasAllTraffic(to);
        var detail = restored
                ? "every request of the last moment went to " + to
                : to + " does not have all requests; stable is " + shop.stable().hash() + ", the canary's weight "
                        + DemoFormat.percent(shop.canaryWeight());
        return new JsonAnswer(200, Map.of("restored", restored, "detail", detail));
    }

    /** Address of the service discovery. */
    public String discoveryUrl() {
        return address() + "/sd";
    }

    /** Address of the webhook. */
    public String rollbackUrl() {
        return address() + "/rollback";
    }

    /** Address of the read-back, without its parameters service and to. */
    public String readBackUrl() {
        return address() + "/traffic";
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
