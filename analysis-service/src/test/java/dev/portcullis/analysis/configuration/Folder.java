package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A configuration folder under test. */
record Folder(Path path) {
    static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: checkout-availability}
            spec:
              service: checkout
              indicator:
                spec:
                  ratioMetric:
                    counter: true
                    good:  {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{service="checkout",code!~"5.."}'}}}
                    total: {metricSource: {type: Prometheus, spec: {query: 'http_requests_total{service="checkout"}'}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.999}]
            """;
    static final String LATENCY = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: checkout-latency}
            spec:
              service: checkout
              indicator:
                spec:
                  thresholdMetric:
                    metricSource: {type: Prometheus, spec: {query: 'http_request_duration_seconds_bucket{service="checkout"}'}}
              budgetingMethod: Occurrences
              objectives: [{op: lte, value: 0.3, target: 0.99}]
            """;
    static final String POLICY = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
              objectives: [{slo: checkout-availability}]
            """;
    static final String PODS = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: pods}
            spec:
              type: Scrape
              connectionDetails:
                targets: ["http://127.0.0.1:9001/metrics"]
            """;

    static final String PUSHED = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: pushed}
            spec:
              type: OTLP
              connectionDetails: {staleAfter: 2m, maxSeries: 20000}
            """;

    static final String DATADOG = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: datadog}
            spec:
              type: Datadog
              connectionDetails:
                url: https://api.datadoghq.eu
                apiKeyEnv: DD_API_KEY
                applicationKeyFile: /run/secrets/app
                podTag: pod_name
            """;

    static List<SourceKind> kinds() {
        return Wiring.sourceKinds(Wiring.DEFAULT_PROMETHEUS, Clock.systemUTC());
    }

    void write(String file, String... documents) {
        try {
            Files.writeString(path.resolve(file), String.join("---\n", documents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AnalysisConfiguration parse(Faults faults) {
        return AnalysisConfiguration.parse(new ConfigurationFolder(path).read(faults), faults, kinds());
    }

    List<String> faults() {
        Faults faults = new Faults();
        parse(faults);
        return faults.list().stream().map(Fault::toString).toList();
    }
}
