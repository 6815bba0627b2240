package dev.portcullis.analysis.source.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A pod with a native histogram, made and exposed by Prometheus' own client library: as protobuf, the only format that has native
 * histograms. Thread-safe; a page is of a moment between two calls, since a scrape of the library that meets observations can wait for
 * them for ever (prometheus/client_java #2287).
 */
final class NativePod implements AutoCloseable {
    private static final int MOST_BUCKETS = 40;

    private final String version;
    private final PrometheusProtobufWriter writer = new PrometheusProtobufWriter();
    private final HttpServer server;
    private PrometheusRegistry registry;
    private Histogram histogram;

    NativePod(String version) throws IOException {
        this.version = version;
        restart();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", this::metrics);
        server.start();
    }

    /** A new process: the histogram is empty and has its finest resolution again. */
    synchronized NativePod restart() {
        PrometheusRegistry begun = new PrometheusRegistry();
        histogram = Histogram.builder()
                .name("http_request_duration_seconds")
                .help("Time to the answer.")
                .labelNames("version")
                .nativeOnly()
                .withoutExemplars()
                .nativeMaxNumberOfBuckets(MOST_BUCKETS)
                .register(begun);
        registry = begun;
        return this;
    }

    synchronized NativePod served(double latency, int requests) {
        for (int i = 0; i < requests; i++) {
            histogram.labelValues(version).observe(latency);
        }
        return this;
    }

    /** So many requests of so many different latencies, that the library gives up resolution. */
    synchronized NativePod servedEverything(double fastest, double factor, int latencies) {
        for (int i = 0; i < latencies; i++) {
            served(fastest * Math.pow(factor, i), 1);
        }
        return this;
    }

    String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteArrayOutputStream page = page();
            exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
            exchange.sendResponseHeaders(200, page.size());
            page.writeTo(exchange.getResponseBody());
        }
    }

    private synchronized ByteArrayOutputStream page() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        writer.write(page, registry.scrape());
        return page;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
