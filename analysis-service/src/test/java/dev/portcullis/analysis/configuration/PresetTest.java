package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @Test
    void threeLinesAreAvailabilityAndLatency() {
        ServiceObjectives service = service("preset: istio");
        String requests = "istio_requests_total{reporter=\"destination\",destination_service_name=\"checkout\"";
        var availability = new RatioIndicator(
                "default-prometheus",
                requests + ",response_code!~\"5..\",grpc_response_status!~\"2|4|12|13|14|15\"}",
                null,
                requests + "}");
        var latency = new LatencyIndicator(
                "default-prometheus",
                "istio_request_duration_milliseconds_bucket{reporter=\"destination\",destination_service_name=\"checkout\"}",
                500);
        assertEquals(
                List.of(
                        new Objective("checkout-availability", 0.999, Severity.CRITICAL, availability),
                        new Objective("checkout-latency", 0.99, Severity.MAJOR, latency)),
                service.objectives());
        assertEquals("destination_version", service.armLabel());
    }

    @Test
    void everythingThatCanBeSetIsTakenOver() {
        ServiceObjectives service = service("""
                preset:
                    name: istio
                    destinationServiceName: shop-checkout
                    where: destination_service_namespace="shop"
                    availability: 0.9995
                    latency: 250ms
                    latencyTarget: 0.95
                    metricSourceRef: pods""");
        Objective availability = service.objectives().getFirst();
        assertEquals(0.9995, availability.target());
        assertEquals("pods", availability.indicator().source());
        assertEquals(
                "istio_requests_total{destination_service_namespace=\"shop\",reporter=\"destination\","
                        + "destination_service_name=\"shop-checkout\"}",
                ((RatioIndicator) availability.indicator()).total().render());
        Objective latency = service.objectives().getLast();
        assertEquals(0.95, latency.target());
        assertEquals(
                250,
                assertInstanceOf(LatencyIndicator.class, latency.indicator()).threshold());
    }

    @ParameterizedTest
    @CsvSource({
        "envoy, 1m30s, 90000",
        "linkerd, 20ms, 20",
        "nginx-ingress, 20ms, 0.02",
        "spring-boot, 1h, 3600",
        "traefik, 1s200ms, 1.2"
    })
    void aLatencyIsGivenAsADurationWhateverTheUnitOfTheSystem(String preset, String given, double threshold) {
        var service = service("preset: {name: " + preset + ", latency: " + given + "}");
        var latency = assertInstanceOf(
                LatencyIndicator.class, service.objectives().getLast().indicator());
        assertEquals(threshold, latency.threshold());
    }

    @Test
    void latencyCanBeLeftOut() {
        var service = service("preset: {name: spring-boot, latency: none}");
        assertEquals(
                List.of("checkout-availability"),
                service.objectives().stream().map(Objective::name).toList());
    }

    @Test
    void theLabelOfThePolicyWins() {
        assertEquals(
                "version", service("preset: istio\n  arms: {label: version}").armLabel());
    }

    @Test
    void objectivesOfThePolicyAreAdded() {
        folder.write("slo.yaml", Folder.SLO.replace("checkout-availability", "checkout-payments"));
        var service = service("preset: istio\n  objectives: [{slo: checkout-payments, severity: minor}]");
        assertEquals(
                List.of("checkout-availability", "checkout-latency", "checkout-payments"),
                service.objectives().stream().map(Objective::name).toList());
        assertEquals(Severity.MINOR, service.objectives().getLast().severity());
    }

    @Test
    void theMannWhitneyJudgeTakesThemToo() {
        var service = service("preset: istio\n  analysis: {judge: mann-whitney, deadline: 1h}");
        assertEquals(2, service.objectives().size());
        assertNotNull(service.settings().score());
    }

    private ServiceObjectives service(String lines) {
        folder.write("a.yaml", Folder.PODS, policy(lines));
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return configuration.services().get("checkout");
    }

    private static String policy(String lines) {
        return """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                """ + "  " + lines + "\n";
    }
}
