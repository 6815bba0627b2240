package dev.portcullis.benchmarks.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * The /metrics of a canary pod and a stable pod of the service checkout behind one address, whose counters grow with the time since the start. Both fail one
 * request of 5,000, well within the objective. Thread-safe.
 */
final class CheckoutPods implements AutoCloseable {
    /** Value of the arm label on the canary's series. */
    static final String CANARY = "7d9c8";

    /** Value of the arm label on the stable pod's series. */
    static final String STABLE = "5b6f4";

    private static final int OK = 200;
    private static final long CANARY_PER_SECOND = 50;
    private static final long STABLE_PER_SECOND = 450;
    private static final long REQUESTS_PER_ERROR = 5_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final HttpServer server;

    private CheckoutPods(HttpServer server) {
        this.server = server;
    }

    /** Serves them on a free port of 127.0.0.1. */
    static CheckoutPods start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var pods = new CheckoutPods(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", pods::answer);
        server.start();
        return pods;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = metrics().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String metrics() {
        var seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        return "# TYPE http_requests_total counter\n"
                + pod("checkout-canary", CANARY, (long) (seconds * CANARY_PER_SECOND))
                + pod("checkout-stable", STABLE, (long) (seconds * STABLE_PER_SECOND));
    }

    private static String pod(String name, String hash, long requests) {
        var bad = requests / REQUESTS_PER_ERROR;
        return series(name, hash, "200", requests - bad) + series(name, hash, "500", bad);
    }

    private static String series(String pod, String hash, String code, long value) {
        return "http_requests_total{service=\"checkout\",pod=\"" + pod + "\",rollouts_pod_template_hash=\"" + hash
                + "\",code=\"" + code + "\"} " + value + "\n";
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
