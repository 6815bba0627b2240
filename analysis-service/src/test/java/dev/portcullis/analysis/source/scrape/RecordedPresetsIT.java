package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.configuration.preset.Preset;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.FoldRules;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.source.prometheus.PrometheusKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The presets on the series of the systems they are for. Each page holds the same traffic in the words of its system: a canary with 800
 * requests, 18 of them failed and 30 slow, a baseline with 8000, 5 and 40, on two pods each, and series that are not to be counted.
 * Names and labels are those of the systems' documentation and sources; the pages were put together, not captured from running systems.
 */
class RecordedPresetsIT {
    private static final Path PAGES = Path.of("src/test/resources/presets");

    private final StubHttpServer page = new StubHttpServer(request -> Response.text(503, ""));

    @AfterEach
    void close() {
        page.close();
    }

    @ParameterizedTest
    @CsvSource({
        "envoy, checkout-canary, checkout-stable",
        "istio, v2, v1",
        "linkerd, checkout-canary, checkout",
        "nginx-ingress, shop-checkout-canary-80, stable",
        "opentelemetry-grpc, 2.0.1, 2.0.0",
        "opentelemetry-grpc-legacy, 2.0.1, 2.0.0",
        "opentelemetry-http, 2.0.1, 2.0.0",
        "spring-boot, 6b7f9c8d5, 59c4d7f6b",
        "traefik, shop-checkout-canary-80@kubernetes, shop-checkout-80@kubernetes"
    })
    void aPresetFindsRequestsErrorsAndLatenciesOfBothArms(String preset, String canary, String baseline) {
        ServiceObjectives service = service(preset);
        Arms arms = new Arms(service.armLabel(), canary, baseline);
        CounterFold fold = fold(service, arms, recorded(preset));
        var availability = fold.increments().get("checkout-availability");
        assertEquals(List.of(counts(18, 800, 5, 8000)), availability.cuts());
        assertEquals(2, fold.canaryPods().get("checkout-availability").size());
        assertEquals(2, fold.baselinePods().get("checkout-availability").size());
        int threshold = fold.state().buckets().get("checkout-latency").fail();
        var latency = fold.increments().get("checkout-latency");
        assertEquals(counts(30, 800, 40, 8000), latency.at(threshold));
    }

    @Test
    void everyPresetHasAPage() throws IOException {
        try (var pages = Files.list(PAGES)) {
            assertEquals(
                    Preset.names().stream().map(name -> name + ".txt").toList(),
                    pages.map(path -> String.valueOf(path.getFileName()))
                            .sorted(RecordedPresetsIT::byName)
                            .toList());
        }
    }

    @Test
    void aCanaryBehindNginxIsCountedWithoutTheRelabellingThatNamesTheBaseline() {
        ServiceObjectives service = service("nginx-ingress");
        Arms arms = new Arms(service.armLabel(), "shop-checkout-canary-80", null);
        String page = recorded("nginx-ingress").replace("canary=\"stable\"", "canary=\"\"");
        CounterFold fold = fold(service, arms, page);
        assertEquals(
                List.of(counts(18, 800, 0, 0)),
                fold.increments().get("checkout-availability").cuts());
    }

    private static int byName(String one, String other) {
        return one.replace(".txt", "").compareTo(other.replace(".txt", ""));
    }

    /** What the three lines mean, with the sources of a service that has no DataSource. */
    private static ServiceObjectives service(String preset) {
        Faults faults = new Faults();
        String policy = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  preset: %s
                """.formatted(preset);
        var documents = ConfigurationDocument.ofText("a.yaml", policy, faults);
        var kind = new PrometheusKind(TestHttp.client(), Clock.systemUTC(), Map.of(), "http://127.0.0.1:9090");
        AnalysisConfiguration parsed = AnalysisConfiguration.parse(documents, faults, List.of(kind));
        assertEquals(List.of(), faults.list());
        return parsed.services().get("checkout");
    }

    /** All that a page counts: the reading before has the same series at 0. */
    private CounterFold fold(ServiceObjectives service, Arms arms, String recorded) {
        // Without labels of its own: the page is what Prometheus holds, and names the pods itself.
        var federated = new Target(URI.create(page.address() + "/federate"), Map.of());
        var source = new ScrapeSource(
                new ScrapeProperties("recorded", List.of(federated), Optional.empty()),
                TestHttp.client(),
                Map.of(),
                TestHttp.PATIENT);
        var reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
        var rules = FoldRules.of(service.objectives(), arms, Duration.ZERO, Instant.MAX);
        CounterFold first = CounterFold.fold(
                CounterState.NONE, read(reader, service, arms, atZero(recorded)), rules, Instant.EPOCH);
        CounterFold second = CounterFold.fold(
                first.state(), read(reader, service, arms, recorded), rules, Instant.EPOCH.plusSeconds(30));
        assertEquals(List.of(), second.faults());
        assertEquals(List.of(), second.notes());
        return second;
    }

    private CounterReading.Counters read(
            SourceCounterReader reader, ServiceObjectives service, Arms arms, String text) {
        page.answer(request -> Response.text(200, text));
        return assertInstanceOf(CounterReading.Counters.class, Readings.of(reader, service.objectives(), arms));
    }

    private static String atZero(String recorded) {
        return Arrays.stream(recorded.split("\n", -1))
                .map(line -> line.startsWith("#") ? line : line.replaceFirst("} .*$", "} 0"))
                .collect(Collectors.joining("\n"));
    }

    private static String recorded(String preset) {
        try {
            return Files.readString(PAGES.resolve(preset + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArmCounts counts(double canaryBad, double canary, double baselineBad, double baseline) {
        return new ArmCounts(new Counts(canaryBad, canary), new Counts(baselineBad, baseline));
    }
}
