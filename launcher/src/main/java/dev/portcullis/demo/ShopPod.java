package dev.portcullis.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A simulated pod: a real HTTP server on 127.0.0.1 that serves the counters of requests it pretends to answer at {@code /metrics}. Every start begins with
 * counters at 0, as a new process would. Thread-safe.
 */
final class ShopPod implements AutoCloseable {
    private final String name;
    private final String service;
    private volatile RequestCounters counters = new RequestCounters();
    private volatile @Nullable HttpServer server;
    private volatile int port;

    /** A pod that is not running yet. */
    ShopPod(String name, String service) {
        this.name = name;
        this.service = service;
    }

    /** Starts with counters at 0; on the address of its last life when that is still free, else on a new one. Does nothing while it runs. */
    synchronized void start() {
        if (server != null) {
            return;
        }
        counters = new RequestCounters();
        var started = bind();
        port = started.getAddress().getPort();
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext("/metrics", this::metrics);
        started.start();
        server = started;
    }

    private HttpServer bind() {
        try {
            try {
                return HttpServer.create(address(port), 0);
            } catch (BindException taken) {
                return HttpServer.create(address(0), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("pod " + name + ": no port on 127.0.0.1", e);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void metrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = counters.exposition(service).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops answering; open connections are cut. */
    synchronized void stop() {
        var running = server;
        server = null;
        if (running != null) {
            running.stop(0);
        }
    }

    /** Stops and starts: counters back at 0. */
    synchronized void restart() {
        stop();
        start();
    }

    /** Takes one request. */
    void serve(boolean failed, double latencySeconds) {
        counters.count(failed, latencySeconds);
    }

    /** Whether it answers, and so gets requests. */
    boolean running() {
        return server != null;
    }

    /** e.g. "checkout-7d9c8-1". */
    String name() {
        return name;
    }

    /** "127.0.0.1:port" of this life, or of the last one. */
    String target() {
        return "127.0.0.1:" + port;
    }

    /** The counters of this life. */
    RequestCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        stop();
    }
}
