package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisConfigurationTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @Test
    void anEmptyFolderKnowsNoServiceAndTheDefaultSource() {
        AnalysisConfiguration configuration = parsed();
        assertTrue(configuration.services().isEmpty());
        assertEquals(Set.of("default-prometheus"), configuration.sources().keySet());
    }

    @Test
    void aServiceAndOneObjectiveAreEnough() {
        folder.write("checkout.yaml", Folder.SLO, Folder.POLICY);
        var indicator = new RatioIndicator(
                "default-prometheus",
                "http_requests_total{service=\"checkout\",code!~\"5..\"}",
                null,
                "http_requests_total{service=\"checkout\"}");
        assertEquals(
                new ServiceObjectives(
                        "checkout",
                        "rollouts_pod_template_hash",
                        List.of(new Objective("checkout-availability", 0.999, Severity.MAJOR, indicator)),
                        AnalysisSettings.DEFAULT),
                parsed().services().get("checkout"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{label: hash} | STABLE | ",
                "{label: hash, baseline: stable} | STABLE | ",
                "{label: hash, baseline: previous-release} | PREVIOUS_RELEASE | ",
                "{label: hash, baselinePods: {label: role, value: twin}} | NAMED_SET | role=twin"
            })
    void aCanaryIsComparedWithStablePodsUnlessThePolicySaysOtherwise(
            String arms, BaselineChoice.Kind kind, @Nullable String named) {
        folder.write("checkout.yaml", Folder.SLO, Folder.POLICY + "  arms: " + arms + "\n");
        var read = parsed().services().get("checkout");
        assertEquals("hash", read.armLabel());
        assertEquals(kind, read.baseline().kind());
        assertEquals(
                named,
                named == null
                        ? null
                        : read.baseline().label() + "=" + read.baseline().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http_request_duration_seconds_bucket{service=\"checkout\"}",
                "http_request_duration_seconds{service=\"checkout\"}",
                "{__name__=~\"http_.*\",service=\"checkout\"}"
            })
    void aLatencyObjectiveIsAHistogramAndAThreshold(String query) {
        String slo = Folder.LATENCY.replace("http_request_duration_seconds_bucket{service=\"checkout\"}", query);
        folder.write("checkout.yaml", slo, Folder.POLICY.replace("checkout-availability", "checkout-latency"));
        var indicator = new LatencyIndicator("default-prometheus", query, 0.3);
        assertEquals(
                List.of(new Objective("checkout-latency", 0.99, Severity.MAJOR, indicator)),
                parsed().services().get("checkout").objectives());
    }

    @Test
    void everythingThatCanBeSetIsTakenOver() {
        String slo = Folder.SLO
                .replace("type: Prometheus,", "type: Scrape, metricSourceRef: pods,")
                .replace("good:", "bad:")
                .replace("target: 0.999", "displayName: 99 %, targetPercent: 99");
        folder.write("a.yaml", Folder.PODS, slo, """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  arms: {label: version}
                  objectives: [{slo: checkout-availability, severity: critical}]
                  analysis:
                    poll: 1s
                    window: 2s
                    deadline: 10m
                    bake: 0s
                    alpha: 0.02
                    beta: 0.1
                    minFailWindows: 3
                    clusterSize: 1.5
                    warmUp: 20s
                    sloBreach: hold
                    slo: {burnFail: 3, burnPass: 6}
                    baseline: {failFactor: 1.5, failMargin: 0, passFactor: 3, passMargin: 2}
                  gate: {anything: goes}
                  rollback: {target: anything}
                """);
        ServiceObjectives checkout = parsed().services().get("checkout");
        assertEquals("version", checkout.armLabel());
        assertEquals(
                new AnalysisSettings(
                        new AnalysisTiming(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Provenance.POLICY,
                                Duration.ofMinutes(10),
                                Duration.ZERO,
                                Duration.ofSeconds(20)),
                        new Strictness(0.02, 0.1, 3, SloBreach.HOLD),
                        new ClusterSize(1.5, Provenance.POLICY),
                        new CanaryLimits(3, 6, 1.5, 0, 3, 2),
                        null),
                checkout.settings());
        Objective objective = checkout.objectives().getFirst();
        assertEquals(0.99, objective.target());
        assertEquals(Severity.CRITICAL, objective.severity());
        assertEquals("pods", objective.indicator().source());
        assertEquals(
                "http_requests_total{service=\"checkout\",code!~\"5..\"}",
                ((RatioIndicator) objective.indicator()).part().render());
    }

    @Test
    void aPrometheusOfItsOwnNeedsOnlyAnAddress() {
        folder.write("sources.yaml", """
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: main}
                spec: {description: ours, type: Prometheus, connectionDetails: {url: "https://prom.example/tenant/"}}
                """);
        assertEquals(Set.of("default-prometheus", "main"), parsed().sources().keySet());
        assertEquals("main", parsed().sources().get("main").source());
    }

    @Test
    void aSourceReadTwiceIsEqualSoThatItNeedNotBeOpenedAnew() {
        folder.write("sources.yaml", Folder.PODS);
        Faults faults = new Faults();
        var kinds = Folder.kinds();
        var reader = new dev.portcullis.kit.configuration.ConfigurationFolder(path);
        assertEquals(
                AnalysisConfiguration.parse(reader.read(faults), faults, kinds),
                AnalysisConfiguration.parse(reader.read(faults), faults, kinds));
    }

    private AnalysisConfiguration parsed() {
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return configuration;
    }
}
