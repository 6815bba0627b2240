package dev.portcullis.gate.http.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.http.ShippedYaml;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules refuse what the controller was seen to refuse, so that the test of the templates can fail. */
final class ArgoRulesTest {
    private static final String METRIC = """
            name: portcullis
            interval: 15s
            count: 241
            inconclusiveLimit: 240
            consecutiveSuccessLimit: 1
            failureLimit: 0
            provider: {web: {url: "http://gate/{{args.service}}"}}
            """;

    private static JsonNode template(String metric) {
        return ShippedYaml.all("spec:\n  args: [{name: service}, {name: step, value: ''}]\n  metrics:\n  -\n"
                        + metric.indent(4))
                .getFirst();
    }

    private static List<String> faults(String metric) {
        return new ArgoRules(template(metric), false, Set.of("service")).faults();
    }

    @Test
    void aMetricThatEndsIsTaken() {
        assertEquals(List.of(), faults(METRIC));
        assertEquals(
                List.of(),
                faults(METRIC.replace("interval: 15s\n", "")
                        .replace("count: 241", "count: 1")
                        .replace("inconclusiveLimit: 240", "inconclusiveLimit: 1")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "count: 241, ``, runs indefinitely. Invalid value for count",
                "count: 241, count: 0, runs indefinitely. Invalid value for count",
                "count: 241, count: 239, count must be >= inconclusiveLimit",
                "consecutiveSuccessLimit: 1, consecutiveSuccessLimit: 242, count must be >= failureLimit + consecutiveSuccessLimit",
                "failureLimit: 0, failureLimit: 241, count must be >= failureLimit + consecutiveSuccessLimit",
                "failureLimit: 0, failureLimit: -2, `failureLimit must be >= 0, or -1 to be disabled`",
                "consecutiveSuccessLimit: 1, consecutiveSuccessLimit: -1, consecutiveSuccessLimit must be >= 0",
                "inconclusiveLimit: 240, inconclusiveLimit: -1, inconclusiveLimit must be >= 0",
                "failureLimit: 0, consecutiveErrorLimit: -1, consecutiveErrorLimit must be >= 0",
                "failureLimit: 0, failureLimit: none, failureLimit is no whole number: \"none\"",
                "interval: 15s, `interval: ''`, interval must be specified when count > 1",
                "interval: 15s, interval: 15 s, invalid interval string: 15 s",
                "args.service, args.servise, failed to resolve {{args.servise}}",
            })
    void aMetricThatTheControllerRefusesIsRefused(String was, String is, String fault) {
        assertEquals(List.of(fault), faults(METRIC.replace(was, is)));
    }

    @Test
    void aTemplateWithoutAMetricOrAProviderIsRefused() {
        assertEquals(List.of("no provider specified"), faults("name: portcullis"));
        assertEquals(
                List.of("multiple providers specified"), faults("{name: portcullis, provider: {web: {}, job: {}}}"));
        var empty = ShippedYaml.all("spec: {metrics: []}").getFirst();
        assertEquals(List.of("no metrics specified"), new ArgoRules(empty, false, Set.of()).faults());
        var twice = ShippedYaml.all("spec: {metrics: [{name: a, provider: {web: {}}}, {name: a, provider: {web: {}}}]}")
                .getFirst();
        assertEquals(List.of("duplicate name 'a'"), new ArgoRules(twice, false, Set.of()).faults());
    }

    @Test
    void onlyABackgroundAnalysisRunsAsLongAsTheRollout() {
        var endless = template(METRIC.replace("count: 241\n", ""));
        assertEquals(List.of(), new ArgoRules(endless, true, Set.of("service")).faults());
        assertEquals(
                List.of("runs indefinitely. Invalid value for count"),
                new ArgoRules(endless, false, Set.of("service")).faults());
    }

    @Test
    void anArgumentWithoutAValueMustBeGivenAndOneThatIsGivenMustBeAskedFor() {
        assertEquals(
                List.of("args.service was not resolved"), new ArgoRules(template(METRIC), false, Set.of()).faults());
        assertEquals(
                List.of("no template has an argument stap"),
                new ArgoRules(template(METRIC), false, Set.of("service", "stap")).faults());
    }
}
