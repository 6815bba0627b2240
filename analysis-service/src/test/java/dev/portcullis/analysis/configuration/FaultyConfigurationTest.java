package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyConfigurationTest {
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
                "counter: true | counter: false | a.yaml:9: spec.indicator.spec.ratioMetric.counter is false; legal: true",
                "counter: true | gauge: true | a.yaml:8: spec.indicator.spec.ratioMetric.counter is missing; legal: true",
                "good: | nice: | neither good nor bad is given",
                "total: | bad: | good and bad are both given",
                "Occurrences | Ocurrences | a.yaml:13: spec.budgetingMethod is 'Ocurrences' (did you mean 'Occurrences'?); legal: Occurrences, Timeslices",
                "target: 0.999 | target: 1 | a.yaml:14: spec.objectives[0].target is 1; legal:",
                "target: 0.999 | target: 99.9 | spec.objectives[0].target is 99.9; legal:",
                "target: 0.999 | targetPercent: 100 | spec.objectives[0].targetPercent is 100",
                "target: 0.999 | displayName: x | target is missing; legal: target between 0 and 1, or targetPercent",
                "target: 0.999 | target: 0.9, targetPercent: 90 | target and targetPercent are both given",
                "[{target: 0.999}] | [{target: 0.9}, {target: 0.8}] | spec.objectives has 2 usable entries",
                "ratioMetric: | ratio: | a.yaml:7: spec.indicator.spec has neither ratioMetric nor thresholdMetric; legal: one of them",
                "ratioMetric: | ratioMetrik: | unknown key 'ratioMetrik' in spec.indicator.spec (did you mean 'ratioMetric'?)",
                "ratioMetric: | thresholdMetric: {}%%n      ratioMetric: | a.yaml:7: spec.indicator.spec has both ratioMetric and thresholdMetric",
                "target: 0.999 | target: 0.999, op: lte | a.yaml:14: spec.objectives[0].op is given, but a ratioMetric",
                "target: 0.999 | target: 0.999, value: 0.3 | a.yaml:14: spec.objectives[0].value is given, but a ratioMetric",
                "indicator: | indicatorRef: x%%n  indicator: | a.yaml:6: spec.indicator and indicatorRef are both given; legal: one of them",
                "30d | soon | a.yaml:12: spec.timeWindow[0].duration is 'soon'; legal: a duration",
                "type: Prometheus | type: Promethues | type is 'Promethues' (did you mean 'Prometheus'?); legal: Prometheus, Scrape, OTLP, Datadog",
                "type: Prometheus | type: Scrape | metricSourceRef is missing: sources of type Scrape have no default",
                "type: Prometheus | metricSourceRef: pods | the folder has no document of kind DataSource",
                "good:  {metricSource: {type: Prometheus | good:  {metricSource: {url: a, type: Prometheus | unknown key 'url'",
                "{query: 'http_requests_total{service=\"checkout\"}'} | {query: 'rate(x[5m])'}"
                        + " | total.metricSource.spec.query is 'rate(x[5m])': column 1: found function or aggregation 'rate'; Portcullis reads raw counters",
                ",code!~\"5..\"}' | }' | are the same query",
                "service: checkout%%n  indicator | service: cart%%n  indicator"
                        + " | an SLO of service 'cart' (a.yaml:1), but the policy is for 'checkout'"
            })
    void aFaultyObjectiveIsRefusedWithItsLine(String from, String to, String fault) {
        String slo = replaced(Folder.SLO, from, to);
        folder.write("a.yaml", slo, Folder.POLICY);
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "op: lte | op: lt | a.yaml:11: spec.objectives[0].op is 'lt'; legal: lte, since a bucket counts the requests that are",
                "op: lte, | ^^ | a.yaml:11: spec.objectives[0].op is missing; legal: lte",
                "value: 0.3, | ^^ | a.yaml:11: spec.objectives[0].value is missing; legal: the slowest good latency, above 0",
                "value: 0.3 | value: 0 | spec.objectives[0].value is 0; legal: a number above 0",
                "value: 0.3 | value: .inf | spec.objectives[0].value is .inf; legal: a number above 0",
                "value: 0.3 | value: 300ms | spec.objectives[0].value is '300ms'; legal: a number above 0",
                "[{op: lte, value: 0.3, target: 0.99}] | [] | legal: exactly one, such as [{op: lte, value: 0.3, target: 0.99}]",
                "service=\"checkout\"} | service=\"checkout\",le=\"0.3\"} | a.yaml:9: spec.indicator.spec.thresholdMetric.metricSource"
                        + ".spec.query is 'http_request_duration_seconds_bucket{service=\"checkout\",le=\"0.3\"}': it has a"
                        + " condition on le; legal: none",
                "seconds_bucket{ | seconds_count{ | it is the _count of a histogram, which has no buckets;"
                        + " legal: http_request_duration_seconds_bucket, or http_request_duration_seconds when",
                "seconds_bucket{ | seconds_sum{ | it is the _sum of a histogram",
                "http_request_duration_seconds_bucket{ | {__name__=\"a_count\", | it is the _count of a histogram",
                "'http_request_duration_seconds_bucket{service=\"checkout\"}' | 'rate(x_bucket[5m])' | found function or aggregation 'rate'",
                "type: Prometheus | type: Scrape | metricSourceRef is missing: sources of type Scrape have no default",
                "metricSource: | metricSourc: | thresholdMetric.metricSource is missing",
                "metricSource: {type | counter: true%%n        metricSource: {type | unknown key 'counter' in spec.indicator.spec.thresholdMetric"
            })
    void aFaultyLatencyObjectiveIsRefusedWithItsLine(String from, String to, String fault) {
        folder.write("a.yaml", replaced(Folder.LATENCY, from, to), latencyPolicy());
        assertFault(fault);
    }

    @Test
    void aNativeHistogramIsRefusedWhereTheSourceHasNone() {
        String slo = replaced(Folder.LATENCY, "type: Prometheus", "metricSourceRef: pods");
        folder.write("a.yaml", Folder.PODS, slo.replace("seconds_bucket", "seconds"), latencyPolicy());
        assertFault("without _bucket it names a native histogram, which the source 'pods' cannot read; legal:"
                + " http_request_duration_seconds_bucket");
    }

    private static String latencyPolicy() {
        return Folder.POLICY.replace("checkout-availability", "checkout-latency");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "poll: 1ms | a.yaml:22: spec.analysis.poll is '1ms'; legal: a duration from 200ms to 1h",
                "poll: 40s | spec.analysis.window is 30s by default; legal: at least poll, which is 40s",
                "window: 5s | spec.analysis.window is 5s; legal: at least poll, which is 15s",
                "deadline: 30s | spec.analysis.deadline is 30s; legal: more than window, which is 30s",
                "bake: 1h | spec.analysis.bake is 1h; legal: less than deadline, which is 1h",
                "^poll: 200ms, window: 200ms, deadline: 30d^ | legal: at most 100000 windows long",
                "minFailWindows: 121 | spec.analysis.minFailWindows is 121; legal: at most the 120 windows",
                "minFailWindows: 1.5 | spec.analysis.minFailWindows is 1.5; legal: a whole number",
                "alpha: 0.5 | spec.analysis.alpha is 0.5; legal:",
                "beta: 0 | spec.analysis.beta is 0; legal:",
                "clusterSize: 0.5 | spec.analysis.clusterSize is 0.5; legal:",
                "slo: {burnFail: 0} | spec.analysis.slo.burnFail is 0; legal:",
                "slo: {burnFail: 6} | spec.analysis.slo.burnPass is 5.0 by default; legal: at least burnFail, which is 6.0",
                "^slo: {burnFail: 901, burnPass: 901}^ | a.yaml:21: analysis.slo.burnFail is 901.0, so that the limit of",
                "baseline: {passFactor: 1} | spec.analysis.baseline.passFactor is 1.0; legal: at least failFactor",
                "baseline: {failMargin: 2} | spec.analysis.baseline.passMargin is 1.0 by default; legal: at least failMargin",
                "baseline: {failMargin: -1} | spec.analysis.baseline.failMargin is -1; legal:",
                "windw: 30s | unknown key 'windw' in spec.analysis (did you mean 'window'?)",
                "slo: {burn: 2} | unknown key 'burn' in spec.analysis.slo"
            })
    void faultyAnalysisSettingsAreRefusedWithTheirRange(String settings, String fault) {
        folder.write("a.yaml", Folder.SLO, Folder.POLICY + "  analysis: {" + settings + "}\n");
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[{slo: checkout-availabilty}] | (did you mean 'checkout-availability'?); legal: checkout-availability",
                "[{slo: checkout-availability, severity: high}] | legal: critical, major, minor, informational",
                "[{slo: checkout-availability, severity: informational}] | no verdict could be reached",
                "^[{slo: checkout-availability}, {slo: checkout-availability}]^ | a second time; keep one",
                "[{severity: major}] | spec.objectives[0].slo is missing",
                "[] | spec.objectives has no usable entry; legal: a list such as [{slo: checkout-availability}]",
                "^[{slo: checkout-availability}]%%n  arms: {label: '{a=1}'}^ | spec.arms.label is '{a=1}'; legal: a label name",
                "^[{slo: checkout-availability}]%%n  arms: {baseline: canary}^ | legal: stable, previous-release",
                "^[{slo: checkout-availability}]%%n  arms: {baseline: stable, baselinePods: {label: role, value: twin}}^ |"
                        + " spec.arms.baseline and spec.arms.baselinePods are both given; legal: one of them",
                "^[{slo: checkout-availability}]%%n  arms: {baselinePods: {label: role}}^ |"
                        + " spec.arms.baselinePods.value is missing; legal: {label: role, value: baseline}",
                "^[{slo: checkout-availability}]%%n  arms: {baselinePods: {label: a b, value: c}}^ |"
                        + " spec.arms.baselinePods.label is 'a b'; legal: a label name",
                "^[{slo: checkout-availability}]%%n  arms: {baseline: previous-release}%%n  analysis: {judge: mann-whitney}^ |"
                        + " the judge mann-whitney compares pods of the same time; legal: stable, or another judge"
            })
    void aFaultyPolicyIsRefused(String objectives, String fault) {
        String policy = replaced(Folder.POLICY, "[{slo: checkout-availability}]", objectives);
        folder.write("a.yaml", Folder.SLO, policy);
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "type: Scrape | type: scrape | type is 'scrape' (did you mean 'Scrape'?); legal: Prometheus, Scrape, OTLP, Datadog",
                "type: Scrape | description: x | spec.type is missing; legal: Prometheus, Scrape, OTLP, Datadog",
                "type: Scrape | type: Prometheus | spec.connectionDetails.url is missing",
                "[\"http://127.0.0.1:9001/metrics\"] | [] | targets is missing or empty",
                "http://127.0.0.1 | 127.0.0.1 | has '127.0.0.1:9001/metrics'",
                "http://127.0.0.1:9001 | http://u:p@h | it holds a user or password",
                "targets: | target: | unknown key 'target' in spec.connectionDetails (did you mean 'targets'?)",
                "name: pods | name: default-prometheus | has the name of the source that the service's own settings give",
                "connectionDetails: | details: | spec.connectionDetails is missing"
            })
    void aFaultyDataSourceIsRefused(String from, String to, String fault) {
        folder.write("a.yaml", replaced(Folder.PODS, from, to));
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "type: OTLP | type: Otlp | type is 'Otlp' (did you mean 'OTLP'?); legal: Prometheus, Scrape, OTLP, Datadog",
                "staleAfter: 2m | staleAfter: 500ms | a.yaml:6: spec.connectionDetails.staleAfter is '500ms'; legal: a duration from 1s to 1h",
                "staleAfter: 2m | staleAfter: 2h | spec.connectionDetails.staleAfter is '2h'; legal:",
                "maxSeries: 20000 | maxSeries: 0 | a.yaml:6: spec.connectionDetails.maxSeries is 0; legal: a whole number from 1 to 1000000",
                "maxSeries: 20000 | maxSeries: 1.5 | spec.connectionDetails.maxSeries is 1.5; legal: a whole number",
                "maxSeries | maxSerie | unknown key 'maxSerie' in spec.connectionDetails (did you mean 'maxSeries'?)"
            })
    void aFaultyOtlpSourceIsRefused(String from, String to, String fault) {
        folder.write("a.yaml", replaced(Folder.PUSHED, from, to));
        assertFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "https: | ftp: | a.yaml:7: spec.connectionDetails.url is 'ftp://api.datadoghq.eu': it does not begin with http",
                "apiKeyEnv: DD_API_KEY | podTag2: x | spec.connectionDetails.apiKeyEnv and apiKeyFile are not given; legal: one of them",
                "apiKeyEnv: DD_API_KEY | apiKeyEnv: A%%n    apiKeyFile: /b | a.yaml:9: spec.connectionDetails.apiKeyEnv and apiKeyFile are both given",
                "podTag: pod_name | podTag: pod-name | a.yaml:10: spec.connectionDetails.podTag is 'pod-name'; legal: the key of a tag",
                "apiKeyEnv | apiKey | unknown key 'apiKey' in spec.connectionDetails"
            })
    void aFaultyDatadogSourceIsRefused(String from, String to, String fault) {
        folder.write("a.yaml", replaced(Folder.DATADOG, from, to));
        assertFault(fault);
    }

    @Test
    void aQueryIsReadInTheLanguageOfItsSource() {
        String slo = Folder.SLO.replace("type: Prometheus", "metricSourceRef: datadog");
        folder.write("a.yaml", Folder.DATADOG, slo, Folder.POLICY);
        assertFault("is 'http_requests_total{service=\"checkout\"}': column 20: 'service=\"checkout\"' is no tag:value;"
                + " legal: a count metric with {conditions}");
    }

    @Test
    void aLatencyIsRefusedWhereTheSourceHasNoHistograms() {
        String slo = replaced(Folder.LATENCY, "type: Prometheus", "metricSourceRef: datadog");
        String query = "'http_request_duration_seconds_bucket{service=\"checkout\"}'";
        folder.write("a.yaml", Folder.DATADOG, replaced(slo, query, "'shop.duration'"), latencyPolicy());
        assertFault("the source 'datadog' has no histograms; legal: a ratioMetric");
    }

    @Test
    void anUnknownSourceIsRefusedWithTheOnesThereAre() {
        folder.write(
                "a.yaml", Folder.PODS, Folder.SLO.replace("type: Prometheus", "metricSourceRef: pds"), Folder.POLICY);
        assertFault("metricSourceRef is 'pds' (did you mean 'pods'?); legal: pods");
    }

    @Test
    void goodAndTotalHaveToComeFromOneSource() {
        folder.write(
                "a.yaml",
                Folder.PODS,
                replaced(
                        Folder.SLO,
                        "good:  {metricSource: {type: Prometheus",
                        "good:  {metricSource: {metricSourceRef: pods"),
                Folder.POLICY);
        assertFault("is read from 'pods' and total from 'default-prometheus'");
    }

    @Test
    void theTypeMustBeThatOfTheSourceReferredTo() {
        folder.write(
                "a.yaml",
                Folder.PODS,
                Folder.SLO.replace("type: Prometheus", "metricSourceRef: pods, type: Prometheus"),
                Folder.POLICY);
        assertFault("type is 'Prometheus'; legal: Scrape");
    }

    @Test
    void aPolicyWithoutAnySloSaysThatThereIsNone() {
        folder.write("a.yaml", Folder.POLICY);
        assertEquals(
                List.of("a.yaml:6: spec.objectives[0].slo is 'checkout-availability', but the folder has no document of"
                        + " kind SLO"),
                folder.faults());
    }

    private static String replaced(String text, String from, String to) {
        String before = from.replace("%%n", "\n");
        assertTrue(text.contains(before), before);
        return text.replace(before, to.replace("%%n", "\n"));
    }

    private void assertFault(String fault) {
        List<String> faults = folder.faults();
        assertTrue(faults.stream().anyMatch(f -> f.startsWith("a.yaml:") && f.contains(fault)), faults::toString);
    }
}
