package dev.portcullis.launcher;

import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The world around Portcullis in these tests: a canary pod and a stable pod that expose counters, and a rollback webhook with its read-back, over real HTTP.
 * Each look at a pod's metrics finds 4,000 more requests, enough to tell a good canary in seconds.
 */
public final class Site implements AutoCloseable {
    static final long REQUESTS_PER_LOOK = 4_000;

    /** Bad requests the canary adds per look. */
    public final AtomicLong canaryBad = new AtomicLong();

    /** Whether the metrics endpoints answer. */
    public final AtomicBoolean metricsUp = new AtomicBoolean(true);

    /** Counted down once the webhook was called; the webhook answers when {@link #letWebhookAnswer} is. */
    final CountDownLatch webhookCalled = new CountDownLatch(1);

    volatile CountDownLatch letWebhookAnswer = new CountDownLatch(0);
    private final AtomicBoolean restored = new AtomicBoolean();
    private final AtomicBoolean stagingRestored = new AtomicBoolean();

    /** What the webhook of the staging environment answers. */
    public final AtomicInteger stagingStatus = new AtomicInteger(200);

    private final Pod canary = new Pod("canary-1", "c1");
    private final Pod stable = new Pod("stable-1", "s1");
    private final StubHttpServer server = new StubHttpServer(this::answer);

    private Response answer(Request request) {
        return switch (request.uri().getPath()) {
            case "/canary/metrics" -> metrics(canary, canaryBad.get());
            case "/stable/metrics" -> metrics(stable, 0);
            case "/rollback" -> rollback();
            case "/traffic" -> Response.json(200, "{\"restored\":" + restored.get() + "}");
            case "/staging/rollback" -> stagingRollback();
            case "/staging/traffic" -> Response.json(200, "{\"restored\":" + stagingRestored.get() + "}");
            default -> Response.text(404, "no such thing");
        };
    }

    private Response metrics(Pod pod, long bad) {
        return metricsUp.get() ? Response.text(200, pod.look(bad)) : Response.text(503, "down");
    }

    private Response rollback() {
        webhookCalled.countDown();
        try {
            letWebhookAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        restored.set(true);
        return Response.json(200, "{}");
    }

    private Response stagingRollback() {
        var status = stagingStatus.get();
        stagingRestored.set(status == 200);
        return Response.json(status, "{}");
    }

    /** Where the traffic is from now on, live and in staging. */
    public void traffic(boolean isRestored) {
        restored.set(isRestored);
        stagingRestored.set(isRestored);
    }

    /** Writes the configuration of service "checkout" for this site. */
    public void configure(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("checkout.yaml"), CONFIGURATION.replace("SITE", server.address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the canary's pod has counted up to its last look. */
    long canaryTotal() {
        return canary.total.get();
    }

    public List<Request> webhookRequests() {
        return requests("/rollback");
    }

    public List<Request> stagingRequests() {
        return requests("/staging/rollback");
    }

    private List<Request> requests(String path) {
        return server.requests().stream()
                .filter(request -> request.uri().getPath().equals(path))
                .toList();
    }

    List<Request> metricsRequests() {
        return server.requests().stream()
                .filter(request -> request.uri().getPath().endsWith("/metrics"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Pod {
        private final String name;
        private final String hash;
        private final AtomicLong total = new AtomicLong();
        private final AtomicLong bad = new AtomicLong();

        Pod(String name, String hash) {
            this.name = name;
            this.hash = hash;
        }

        String look(long newBad) {
            var all = total.addAndGet(REQUESTS_PER_LOOK);
            var failed = bad.addAndGet(newBad);
            var labels = "service=\"checkout\",pod=\"" + name + "\",rollouts_pod_template_hash=\"" + hash + "\"";
            return """
                    # TYPE http_requests_total counter
                    http_requests_total{%1$s,code="200"} %2$d
                    http_requests_total{%1$s,code="500"} %3$d
                    """.formatted(labels, all - failed, failed);
        }
    }

    private static final String CONFIGURATION = ShopDocuments.file(
            ShopDocuments.dataSource("pods", "Scrape", "{targets: [SITE/canary/metrics, SITE/stable/metrics]}"),
            ShopDocuments.slo(
                    "checkout-availability",
                    "metricSourceRef: pods, type: Scrape",
                    "good",
                    "http_requests_total{service=\"checkout\",code!~\"5..\"}",
                    "http_requests_total{service=\"checkout\"}"),
            ShopDocuments.policy("{slo: checkout-availability, severity: critical}", """
                    arms: {label: rollouts_pod_template_hash}
                    analysis: {poll: 500ms, window: 1s, deadline: 10m, bake: 2s}
                    rollback:
                      target: webhook
                      url: SITE/rollback
                      readBack: SITE/traffic
                      confirmEvery: 200ms
                      recovery: {check: false}
                      staging: {target: webhook, url: SITE/staging/rollback, readBack: SITE/staging/traffic, confirmEvery: 200ms, recovery: {check: false}}
                    """));
}
