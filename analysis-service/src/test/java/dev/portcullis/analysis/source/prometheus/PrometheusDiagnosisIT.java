package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.tool.Places;
import dev.portcullis.analysis.tool.diagnosis.Diagnosis;
import dev.portcullis.analysis.tool.diagnosis.Finding;
import dev.portcullis.analysis.tool.diagnosis.FindingKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diagnoses against a real Prometheus. Needs the program {@code prometheus}. */
@Tag("extra")
class PrometheusDiagnosisIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOTAL = "http_requests_total";
    private static final String YAML = ShopDocuments.file(
            ShopDocuments.slo("errors", "type: Prometheus", "bad", "%s", "%s"),
            ShopDocuments.policy("{slo: errors}", "arms: {label: %s}"));

    @TempDir
    private Path folder;

    /** Each scrape finds 1000 more requests, 50 of them bad; the gauge of requests in flight goes up and down. */
    private final AtomicLong scrapes = new AtomicLong();

    private final StubHttpServer pod =
            new StubHttpServer(request -> Response.text(200, page(scrapes.incrementAndGet())));

    private static String page(long scrape) {
        return """
                # TYPE http_requests_total counter
                http_requests_total{version="v1",code="200"} %d
                http_requests_total{version="v1",code="500"} %d
                # TYPE in_flight gauge
                in_flight{version="v1"} %d
                undeclared_failures{version="v1"} 4
                # TYPE took_seconds histogram
                took_seconds_bucket{version="v1",le="0.1"} %d
                took_seconds_bucket{version="v1",le="+Inf"} %d
                took_seconds_sum{version="v1"} 3.5
                took_seconds_count{version="v1"} %d
                """.formatted(950 * scrape, 50 * scrape, scrape % 7, scrape, scrape, scrape);
    }

    private static List<String> told(String prometheus, String bad, String total, String arm) {
        var faults = new Faults();
        var documents = ConfigurationDocument.ofText("shop.yaml", YAML.formatted(bad, total, arm), faults);
        var kinds = List.<dev.portcullis.analysis.source.SourceKind>of(
                new PrometheusKind(TestHttp.client(), Clock.systemUTC(), Map.of(), prometheus));
        var configuration = AnalysisConfiguration.parse(documents, faults, kinds);
        assertEquals(List.of(), faults.list());
        var places = new Places(documents);
        var inspection = configuration
                .sources()
                .get(PrometheusKind.DEFAULT_SOURCE)
                .inspection()
                .orElseThrow();
        return new Diagnosis(Map.of(PrometheusKind.DEFAULT_SOURCE, inspection), PrometheusDiagnosisIT::noPause)
                .of(configuration.services().values()).stream()
                        .filter(finding -> finding.kind() != FindingKind.MEASURABLE)
                        .map(finding -> line(finding, places))
                        .toList();
    }

    private static String line(Finding finding, Places places) {
        return (finding.kind() + " " + places.at(finding)).replaceAll("in the last [0-9]+ s,", "in the last TIME,");
    }

    private static void noPause() {
        throw new AssertionError("a Prometheus has a history: no second look is needed");
    }

    @Test
    void whatAQueryMissesIsFoundByAskingTheServer() throws Exception {
        try (var prometheus = PrometheusProcess.start(folder, List.of("127.0.0.1:" + pod.port()))) {
            var inspection = inspection(prometheus.address());
            Await.until(
                    "three scrapes",
                    LIMIT,
                    () -> scrapes.get() >= 4
                            && inspection
                                    .look()
                                    .orElseThrow()
                                    .history(Selector.parse(TOTAL), "version", Duration.ofHours(1))
                                    .isPresent());
            var at = prometheus.address();
            assertEquals(
                    List.of(
                            "METRIC_MISSING shop.yaml:11: errors, total: the metric http_request_total does not exist in source"
                                    + " 'default-prometheus'; similar names: http_requests_total; write one of them, or let the source"
                                    + " read the pods that export it"),
                    told(at, "http_requests_total{code=\"500\"}", "http_request_total", "version"));
            assertEquals(
                    List.of(
                            "NO_BAD_SEEN shop.yaml:10: warning: errors, bad: no series of http_requests_total has"
                                    + " code=\"503\"; values of 'code' are: 200, 500: fine as long as no request was bad, but otherwise none would ever be counted; write a condition that one of them meets"),
                    told(at, "http_requests_total{code=\"503\"}", TOTAL, "version"));
            assertTrue(told(at, "http_requests_total{code=\"500\"}", TOTAL, "hash")
                    .getFirst()
                    .startsWith("ARM_LABEL_MISSING shop.yaml:11: errors, total: no series of http_requests_total has"
                            + " the label 'hash', which is to tell canary from stable; their labels are: code,"
                            + " instance, job, version; "));
            gaugesAndRatios(at);
        }
    }

    private void gaugesAndRatios(String at) {
        assertEquals(
                "NOT_A_COUNTER shop.yaml:10: errors, bad: in_flight is declared a gauge, which goes up and down; select a"
                        + " counter, whose name by convention ends with _total",
                told(at, "in_flight", TOTAL, "version").getFirst());
        assertEquals(
                "NOT_A_COUNTER shop.yaml:10: errors, bad: took_seconds_sum adds up what was observed, such as seconds, and"
                        + " counts no requests; select took_seconds_count",
                told(at, "took_seconds_sum", TOTAL, "version").getFirst());
        assertTrue(told(at, "undeclared_failures", TOTAL, "version").getFirst().startsWith("COUNTER_UNCERTAIN "));
        assertEquals(List.of(), told(at, "took_seconds_count", TOTAL, "version"));
        assertEquals(
                List.of("STABLE_WOULD_FAIL shop.yaml:11: errors, total: version 'v1' had 5 % bad requests in the"
                        + " last TIME, 50 times what the target of 99.9 % allows; the FAIL limit is 2 times, so no canary as"
                        + " good as it would be promoted; fix the service, or set a target it can meet, below 95 %, in place"
                        + " of 99.9 %"),
                told(at, "http_requests_total{code=\"500\"}", TOTAL, "version"));
    }

    private static SourceInspection inspection(String address) {
        var properties = PrometheusProperties.of("prom", address);
        return new PrometheusInspection(
                new PrometheusClient(properties, TestHttp.client()), Clock.systemUTC(), "connectionDetails");
    }

    @Test
    void theClockOfTheServerIsRead() throws Exception {
        try (var prometheus = PrometheusProcess.start(folder, List.of("127.0.0.1:" + pod.port()))) {
            var inspection = inspection(prometheus.address());
            var seen = new AtomicReference<>(Duration.ofDays(1));
            Await.until("an answer", LIMIT, () -> {
                inspection.look();
                seen.set(inspection.clockAhead().orElseThrow());
                return true;
            });
            assertTrue(seen.get().abs().compareTo(Duration.ofSeconds(5)) < 0, seen.toString());
        }
    }
}
