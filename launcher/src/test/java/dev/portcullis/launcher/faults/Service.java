package dev.portcullis.launcher.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A service with one canary after the other, the page of its pods and the webhook that takes a canary back. Thread-safe. */
final class Service implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final String name;
    private final CuttingHttpServer pods = new CuttingHttpServer(path -> page());
    private final StubHttpServer webhook = new StubHttpServer(this::webhook);
    private final Canary stable;
    private final List<Canary> canaries = new CopyOnWriteArrayList<>();
    private final AtomicLong readings = new AtomicLong();
    private final Silence podsSilence = new Silence();
    private final Silence webhookSilence = new Silence();
    private volatile PageFault pageFault = PageFault.NONE;
    private volatile WebhookFault webhookFault = WebhookFault.NONE;

    Service(String name, boolean firstIsGood) {
        this.name = name;
        this.stable = new Canary(name, "stable", true);
        release(firstIsGood);
    }

    /** Ends the present canary's traffic and begins the next one's. */
    Canary release(boolean good) {
        var next = new Canary(name, "canary-" + (canaries.size() + 1), good);
        canaries.add(next);
        return next;
    }

    /** The present one. */
    Canary canary() {
        return canaries.getLast();
    }

    /** All that there were, the present one last. */
    List<Canary> canaries() {
        return canaries;
    }

    void fault(PageFault next) {
        pageFault = next;
        podsSilence.set(next == PageFault.SILENT);
    }

    /** @param next which goes for the look at the traffic as well */
    void fault(WebhookFault next) {
        webhookFault = next;
        webhookSilence.set(next.silent());
    }

    private byte[] page() {
        podsSilence.awaitEnd();
        var canary = canary();
        if (pageFault.fall) {
            canary.fell = true;
        }
        var page = stable.lines(stable.requests()) + canary.lines(canary.requests());
        return pageFault.of(page, readings.incrementAndGet());
    }

    private Response webhook(Request request) {
        var fault = webhookFault;
        if (request.method().equals("POST")) {
            takeBack(request, fault.works());
        }
        webhookSilence.awaitEnd();
        return Response.json(fault.status(), "{\"restored\":" + canary().isTakenBack() + "}");
    }

    private void takeBack(Request request, boolean works) {
        var from = from(request);
        var key = request.headers().getOrDefault("idempotency-key", "");
        canaries.stream().filter(canary -> canary.name.equals(from)).forEach(canary -> canary.takeBack(key, works));
    }

    private static String from(Request request) {
        try {
            return JSON.readTree(request.body()).path("from").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String configuration() {
        var source = "pods-of-" + name;
        return ShopDocuments.file(
                ShopDocuments.dataSource(source, "Scrape", "{targets: [\"" + pods.address() + "/metrics\"]}"),
                ShopDocuments.slo(
                                "checkout-availability",
                                "metricSourceRef: " + source + ", type: Scrape",
                                "bad",
                                "http_requests_total{service=\"checkout\",code=\"500\"}",
                                "http_requests_total{service=\"checkout\"}")
                        .replace("checkout", name),
                ShopDocuments.policy("{slo: checkout-availability, severity: critical}", """
                                arms: {label: version}
                                analysis: {poll: 500ms, window: 1s, deadline: 2h, bake: 2s}
                                rollback: {target: webhook, url: 'WEBHOOK/rollback', readBack: 'WEBHOOK/traffic', confirmEvery: 200ms, recovery: {check: false}}
                                """)
                        .replace("checkout", name)
                        .replace("WEBHOOK", webhook.address()));
    }

    @Override
    public void close() {
        fault(PageFault.NONE);
        fault(WebhookFault.NONE);
        pods.close();
        webhook.close();
    }
}
