package dev.portcullis.benchmarks.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The /metrics of a fleet behind one address, whose counters grow with the time since the start. Thread-safe. */
final class FleetPage implements AutoCloseable {
    private static final int OK = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final Fleet fleet;
    private final HttpServer server;

    private FleetPage(Fleet fleet, HttpServer server) {
        this.fleet = fleet;
        this.server = server;
    }

    /** Serves it on a free port of 127.0.0.1. */
    static FleetPage start(Fleet fleet) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var page = new FleetPage(fleet, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", page::answer);
        server.start();
        return page;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body =
                    fleet.page((System.nanoTime() - begin) / NANOS_PER_SECOND).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Host and port. */
    String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
