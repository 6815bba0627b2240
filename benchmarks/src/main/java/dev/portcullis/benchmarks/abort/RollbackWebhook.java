package dev.portcullis.benchmarks.abort;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The webhook that gives a service's traffic back, at once, and remembers when it was called. Thread-safe. */
final class RollbackWebhook implements AutoCloseable {
    private static final int OK = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Map<String, List<Instant>> calls = new ConcurrentHashMap<>();

    private RollbackWebhook(HttpServer server) {
        this.server = server;
    }

    /** Serves on a free port of 127.0.0.1. */
    static RollbackWebhook start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var webhook = new RollbackWebhook(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/rollback", webhook::giveBack);
        server.createContext("/traffic", webhook::tell);
        server.start();
        return webhook;
    }

    private void giveBack(HttpExchange exchange) throws IOException {
        var arrival = Instant.now();
        var order = JSON.readTree(exchange.getRequestBody());
        calls.computeIfAbsent(order.path("service").textValue(), service -> new CopyOnWriteArrayList<>())
                .add(arrival);
        answer(exchange, "{}");
    }

    private void tell(HttpExchange exchange) throws IOException {
        var query = List.of(exchange.getRequestURI().getQuery().split("&"));
        var restored = calls.keySet().stream().anyMatch(service -> query.contains("service=" + service));
        answer(exchange, "{\"restored\": " + restored + "}");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** When it was told to give the traffic of a service back, every time it was. */
    List<Instant> calls(String service) {
        return calls.getOrDefault(service, List.of());
    }

    /** Services whose traffic it was told to give back. */
    int services() {
        return calls.size();
    }

    /** Without a path. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
