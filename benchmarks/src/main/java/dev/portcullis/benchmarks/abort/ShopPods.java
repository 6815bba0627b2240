package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.process.MetricsServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The /metrics of a canary pod and a stable pod of every service behind one address, whose counters grow with the time since the start. One request of 5,000
 * fails, and every request of a canary once it has gone bad. Thread-safe.
 */
final class ShopPods implements AutoCloseable {
    private static final double CANARY_PER_SECOND = 50;
    private static final double STABLE_PER_SECOND = 450;
    private static final double REQUESTS_PER_ERROR = 5_000;

    private final Shops shops;
    private final MetricsServer server;
    private final Map<String, Double> badSince = new ConcurrentHashMap<>();

    /** Serves them. */
    ShopPods(Shops shops) throws IOException {
        this.shops = shops;
        this.server = new MetricsServer(this::page);
    }

    /** From now on every request to the canary of this service fails. */
    void goBad(String service) {
        badSince.put(service, server.seconds());
    }

    private String page(double now) {
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
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
