package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.analysis.tool.Places;
import dev.portcullis.analysis.usecase.ManualClock;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A pod that serves a page of metrics over HTTP, and a policy that is held against it. */
final class DiagnosedShop implements AutoCloseable {
    /** Two pods of one version would serve this; all is well with it. */
    static final String PAGE = """
            # TYPE http_requests_total counter
            http_requests_total{pod="a",version="v1",code="200"} 900
            http_requests_total{pod="a",version="v1",code="404"} 100
            http_requests_total{pod="b",version="v1",code="200"} 1000
            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{pod="a",version="v1",le="0.1"} 900
            http_request_duration_seconds_bucket{pod="a",version="v1",le="0.5"} 1000
            http_request_duration_seconds_bucket{pod="a",version="v1",le="+Inf"} 1000
            http_request_duration_seconds_sum{pod="a",version="v1"} 65.5
            http_request_duration_seconds_count{pod="a",version="v1"} 1000
            # TYPE in_flight gauge
            in_flight{pod="a",version="v1"} 7
            """;

    /** In more lines than {@link ShopDocuments#slo} has: findings name the line of a query. */
    private static final String RATIO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: errors}
            spec:
              service: checkout
              indicator:
                spec:
                  ratioMetric:
                    counter: true
                    %s:
                      metricSource:
                        metricSourceRef: pods
                        spec:
                          query: '%s'
                    total:
                      metricSource:
                        metricSourceRef: pods
                        spec:
                          query: '%s'
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
            """;

    private static final String LATENCY = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: errors}
            spec:
              service: checkout
              indicator:
                spec:
                  thresholdMetric:
                    metricSource: {metricSourceRef: pods, spec: {query: '%s'}}
              budgetingMethod: Occurrences
              objectives: [{op: lte, value: %s, target: 0.99}]
            """;
    private volatile String page;
    private volatile int status = 200;
    private volatile Runnable meanwhile = () -> {};
    private volatile Duration answering = Duration.ZERO;
    private final ManualClock clock = new ManualClock();
    private String armLabel = "version";
    private final StubHttpServer server = new StubHttpServer(request -> Response.text(status, page()));

    DiagnosedShop(String page) {
        this.page = page;
    }

    private String page() {
        clock.advance(answering);
        return page;
    }

    DiagnosedShop armLabel(String label) {
        this.armLabel = label;
        return this;
    }

    DiagnosedShop status(int answer) {
        this.status = answer;
        return this;
    }

    /** What the page is in the second look, five seconds later. */
    DiagnosedShop becoming(String later) {
        this.meanwhile = () -> page = later;
        return this;
    }

    /** How long the pod takes for each answer, on a busy machine. */
    DiagnosedShop answersIn(Duration time) {
        this.answering = time;
        return this;
    }

    /** Two processes answer, each every other time. */
    DiagnosedShop inTurn(String one, String other) {
        AtomicInteger answers = new AtomicInteger();
        server.answer(request -> Response.text(status, answers.getAndIncrement() % 2 == 0 ? one : other));
        return this;
    }

    String instance() {
        return "127.0.0.1:" + server.port();
    }

    /** Nothing listens there any more. */
    DiagnosedShop down() {
        server.close();
        return this;
    }

    List<String> ratio(String part, String query, String total) {
        return told(RATIO.formatted(part, query, total), server.address() + "/metrics");
    }

    List<String> latency(String query, double threshold) {
        return told(LATENCY.formatted(query, threshold), server.address() + "/metrics");
    }

    /** All but notes, as {@code check --live} prints them. */
    List<String> told(String slo, String targets) {
        return findings(slo, targets).stream()
                .filter(finding -> !finding.startsWith("MEASURABLE"))
                .toList();
    }

    List<String> findings(String slo, String targets) {
        String text = ShopDocuments.file(
                ShopDocuments.dataSource("pods", "Scrape", "{targets: [" + targets + "]}"),
                slo,
                ShopDocuments.policy("{slo: errors}", "arms: {label: " + armLabel + "}", "analysis: {deadline: 60m}"));
        Faults faults = new Faults();
        var documents = ConfigurationDocument.ofText("shop.yaml", text, faults);
        var configuration = ConfigurationCheck.read(documents, faults, Wiring.DEFAULT_PROMETHEUS, clock);
        assertEquals(List.of(), faults.list());
        var places = new Places(documents);
        return ConfigurationCheck.diagnose(configuration, this::pause).stream()
                .map(finding -> finding.kind() + " " + places.at(finding))
                .toList();
    }

    List<String> findings(String part, String query, String total) {
        return findings(RATIO.formatted(part, query, total), server.address() + "/metrics");
    }

    List<String> notes(String part, String query, String total) {
        return findings(part, query, total).stream()
                .filter(finding -> finding.startsWith("MEASURABLE"))
                .toList();
    }

    private void pause() {
        meanwhile.run();
        clock.advance(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        server.close();
    }
}
