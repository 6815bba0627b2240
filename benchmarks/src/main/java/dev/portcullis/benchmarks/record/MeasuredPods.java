package dev.portcullis.benchmarks.record;

import dev.portcullis.benchmarks.process.MetricsServer;
import java.io.IOException;

/**
 * The /metrics of two canary pods and two stable pods of every service behind one address: a counter and a histogram each, which grow with the time since the start. One
 * request of 5,000 fails, one of 200 is slow. Thread-safe.
 */
final class MeasuredPods implements AutoCloseable {
    static final String CANARY = "7d9c8";
    static final String STABLE = "5b6f4";

    private static final double CANARY_PER_SECOND = 2_500;
    private static final double STABLE_PER_SECOND = 22_500;
    private static final double REQUESTS_PER_ERROR = 5_000;
    /** Requests up to each boundary. */
    private static final double[][] BUCKETS = {{0.05, 0.6}, {0.1, 0.9}, {0.25, 0.98}, {0.5, 0.995}, {1, 0.999}};

    private final int services;
    private final MetricsServer server;

    /** Serves them. */
    MeasuredPods(int services) throws IOException {
        this.services = services;
        this.server = new MetricsServer(this::page);
    }

    /** The name of a service, from 0. */
    static String service(int number) {
        return "service-" + number;
    }

    private String page(double seconds) {
        var counters = new StringBuilder("# TYPE http_requests_total counter\n");
        var histograms = new StringBuilder("# TYPE http_request_duration_seconds histogram\n");
        for (var number = 0; number < services; number++) {
            for (var pod = 1; pod <= 2; pod++) {
                add(counters, histograms, labels(number, CANARY, pod), seconds * CANARY_PER_SECOND / 2);
                add(counters, histograms, labels(number, STABLE, pod), seconds * STABLE_PER_SECOND / 2);
            }
        }
        return counters.append(histograms).toString();
    }

    private static String labels(int number, String hash, int pod) {
        var service = service(number);
        return "service=\"" + service + "\",pod=\"" + service + "-" + hash + "-" + pod
                + "\",rollouts_pod_template_hash=\"" + hash + "\"";
    }

    /** Each counter is rounded by itself: a difference of two rounded ones falls now and then, as no counter may. */
    private static void add(StringBuilder counters, StringBuilder histograms, String labels, double requests) {
        line(counters, "http_requests_total", labels + ",code=\"200\"", requests * (1 - 1 / REQUESTS_PER_ERROR));
        line(counters, "http_requests_total", labels + ",code=\"500\"", requests / REQUESTS_PER_ERROR);
        for (var bucket : BUCKETS) {
            line(
                    histograms,
                    "http_request_duration_seconds_bucket",
                    labels + ",le=\"" + bucket[0] + "\"",
                    requests * bucket[1]);
        }
        line(histograms, "http_request_duration_seconds_bucket", labels + ",le=\"+Inf\"", requests);
        line(histograms, "http_request_duration_seconds_count", labels, requests);
        line(histograms, "http_request_duration_seconds_sum", labels, requests / 10);
    }

    private static void line(StringBuilder page, String name, String labels, double value) {
        page.append(name)
                .append('{')
                .append(labels)
                .append("} ")
                .append((long) value)
                .append('\n');
    }

    /** Address of the /metrics. */
    String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
