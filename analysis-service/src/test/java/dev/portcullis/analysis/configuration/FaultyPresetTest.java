package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.source.prometheus.PrometheusKind;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyPresetTest {
    private static final String NAMES = "envoy, istio, linkerd, nginx-ingress, opentelemetry-grpc,"
            + " opentelemetry-grpc-legacy, opentelemetry-http, spring-boot, traefik";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "isto | spec.preset is 'isto' (did you mean 'istio'?); legal: NAMES",
                "[istio] | spec.preset is a list; legal: NAMES",
                "^{name: nginx}^ | spec.preset.name is 'nginx'; legal: NAMES",
                "^{latency: 1s}^ | spec.preset.name is missing; legal: NAMES",
                "^{name: istio, availability: 99.9}^ | spec.preset.availability is 99.9; legal: a number above 0 and below 1",
                "^{name: istio, latencyTarget: 1}^ | spec.preset.latencyTarget is 1; legal: a number above 0 and below 1",
                "^{name: istio, latency: 0.5}^ | spec.preset.latency is 0.5; legal: none, or a duration from 1ms to 1h, as 500ms, 15s, 1h30m or 30d",
                "^{name: istio, ingress: shop}^ | unknown key 'ingress' in spec.preset; legal: name, latency, metricSourceRef,"
                        + " availability, latencyTarget, where, destinationServiceName",
                "^{name: istio, destinationServiceName: 'a\"b'}^ | spec.preset.destinationServiceName is 'a\"b'; legal with a preset:"
                        + " text without quotes and backslashes",
                "^{name: istio, where: namespace=shop}^ | spec.preset.where is 'namespace=shop': in metric{namespace=shop},"
                        + " column 18: expected a value in quotes; legal: conditions such as namespace=\"shop\"",
                "^{name: istio, where: 'le=\"500\"'}^ | preset 'istio': spec.indicator.spec.thresholdMetric.metricSource.spec.query is"
                        + " 'istio_request_duration_milliseconds_bucket{le=\"500\",reporter=\"destination\",destination_service_name=\"checkout\"}':"
                        + " it has a condition on le; legal: none, since all buckets are read and the threshold is spec.objectives[0].value",
                "^{name: istio, metricSourceRef: pod}^ | spec.preset.metricSourceRef is 'pod' (did you mean 'pods'?); legal: pods",
                "^{name: istio, availability: 0.001}^ | preset 'istio': analysis.slo.burnFail is 2.0, so that the limit of"
                        + " 'checkout-availability' (target 0.001) would be a bad ratio of 1.998; legal: at most 0.9, that is"
                        + " analysis.slo.burnFail up to 0.9"
            })
    void aFaultyPresetIsRefusedWithItsLine(String preset, String fault) {
        folder.write("a.yaml", Folder.PODS, policy("preset: " + preset));
        assertEquals(
                "a.yaml:14: " + fault.replace("NAMES", NAMES), folder.faults().getFirst());
    }

    @Test
    void anObjectiveOfTheSameNameIsAFault() {
        folder.write("a.yaml", policy("preset: istio\n  objectives: [{slo: checkout-availability}]"), Folder.SLO);
        assertEquals(
                List.of(
                        "a.yaml:7: spec.objectives[0].slo is 'checkout-availability', which preset 'istio' makes itself;"
                                + " legal: an SLO of another name"),
                folder.faults());
    }

    @Test
    void anSloOfTheSameNameThatThePolicyDoesNotNameIsNone() {
        folder.write("a.yaml", policy("preset: istio"), Folder.SLO);
        assertEquals(List.of(), folder.faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check\"out", "check: out", "check out", "-", "${service}"})
    void aServiceWhoseNameNeedsQuotesIsRefused(String service) {
        folder.write("a.yaml", policy("preset: istio").replace("service: checkout", "service: '" + service + "'"));
        assertEquals(
                List.of("a.yaml:5: spec.service is '" + service
                        + "'; legal with a preset: letters, digits, dots and dashes, [a-zA-Z0-9][a-zA-Z0-9._-]*"),
                folder.faults());
    }

    @Test
    void aServiceWithoutPrometheusHasToNameTheSource() {
        folder.write("a.yaml", policy("preset: istio"));
        SourceKind without = new PrometheusKind(TestHttp.client(), Clock.systemUTC(), Map.of(), "");
        Faults faults = new Faults();
        AnalysisConfiguration.parse(new ConfigurationFolder(path).read(faults), faults, List.of(without));
        Fault fault = faults.list().getFirst();
        assertEquals(6, fault.line());
        assertEquals(
                "preset 'istio': spec.indicator.spec.ratioMetric.good.metricSource.metricSourceRef is missing: sources of type"
                        + " Prometheus have no default; legal: the name of a DataSource, of which there is none yet",
                fault.message());
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
