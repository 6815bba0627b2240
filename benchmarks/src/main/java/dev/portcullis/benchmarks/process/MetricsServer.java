package dev.portcullis.benchmarks.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.DoubleFunction;

/** A /metrics on a free port of 127.0.0.1 whose page follows from the time since the start. Thread-safe. */
public final class MetricsServer implements AutoCloseable {
    private static final int OK = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final DoubleFunction<String> page;
    private final HttpServer server;

    /**
     * Serves it.
     *
     * @param page the text of the page so many seconds after the start; called by several threads at once
     */
    public MetricsServer(DoubleFunction<String> page) throws IOException {
        this.page = page;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", this::answer);
        server.start();
    }

    /** Since the start. */
    public double seconds() {
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = page.apply(seconds()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Host and port. */
    public String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Address of the page. */
    public String address() {
        return "http://" + target() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
