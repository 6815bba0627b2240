package dev.portcullis.benchmarks.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * The /metrics of a canary pod and a stable pod of every service behind one address, whose counters grow with the time since the start. One request of 5,000
 * fails, and every request of a canary once it has gone bad. Thread-safe.
 */
final class ShopPods implements AutoCloseable {
    private static final int OK = 200;
    private static final double CANARY_PER_SECOND = 50;
    private static final double STABLE_PER_SECOND = 450;
    private static final double REQUESTS_PER_ERROR = 5_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final Shops shops;
    private final HttpServer server;
    private final Map<String, Double> badSince = new ConcurrentHashMap<>();

    private ShopPods(Shops shops, HttpServer server) {
        this.shops = shops;
        this.server = server;
    }

    /** Serves them on a free port of 127.0.0.1. */
    static ShopPods start(Shops shops) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var pods = new ShopPods(shops, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", pods::answer);
        server.start();
        return pods;
    }

    /** From now on every request to the canary of this service fails. */
    void goBad(String service) {
        badSince.put(service, seconds());
    }

    private double seconds() {
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = page().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String page() {
        var now = seconds();
        var page = new StringBuilder("# TYPE http_requests_total counter\n");
        for (var service : shops.names()) {
            var good = Math.min(now, badSince.getOrDefault(service, now));
            pod(page, service, Shops.CANARY, CANARY_PER_SECOND, good, now - good);
            pod(page, service, Shops.STABLE, STABLE_PER_SECOND, now, 0);
        }
        return page.toString();
    }

    private static void pod(
            StringBuilder page, String service, String hash, double perSecond, double goodSeconds, double badSeconds) {
        // Each counter is rounded by itself: a difference of two rounded ones falls now and then, as no counter may.
        var errors = perSecond * (goodSeconds / REQUESTS_PER_ERROR + badSeconds);
        series(page, service, hash, "200", (long) (perSecond * goodSeconds * (1 - 1 / REQUESTS_PER_ERROR)));
        series(page, service, hash, "500", (long) errors);
    }

    private static void series(StringBuilder page, String service, String hash, String code, long value) {
        page.append("http_requests_total{service=\"").append(service);
        page.append("\",pod=\"").append(service).append('-').append(hash);
        page.append("\",rollouts_pod_template_hash=\"").append(hash);
        page.append("\",code=\"").append(code).append("\"} ").append(value).append('\n');
    }

    /** Address of the /metrics. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
