package dev.portcullis.analysis.source.datadog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.tool.Places;
import dev.portcullis.analysis.tool.diagnosis.Diagnosis;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with Datadog as a whole, in exact words. */
class DatadogInspectionIT {
    private static final Map<String, String> KEYS =
            Map.of("API", FakeDatadog.API_KEY, "APPLICATION", FakeDatadog.APPLICATION_KEY);
    private static final String YAML = ShopDocuments.file(
            ShopDocuments.dataSource(
                    "datadog", "Datadog", "{url: '%s', apiKeyEnv: API, applicationKeyEnv: APPLICATION}"),
            ShopDocuments.slo("errors", "metricSourceRef: datadog", "bad", "shop.errors", "shop.requests"),
            ShopDocuments.policy("{slo: errors}"));

    private final FakeDatadog datadog = new FakeDatadog();

    @AfterEach
    void end() {
        datadog.close();
    }

    private List<String> told(Map<String, String> keys) {
        var faults = new Faults();
        var documents = ConfigurationDocument.ofText("shop.yaml", YAML.formatted(datadog.address()), faults);
        List<SourceKind> kinds = List.of(new DatadogKind(TestHttp.client(), Clock.systemUTC(), keys));
        var configuration = AnalysisConfiguration.parse(documents, faults, kinds);
        assertEquals(List.of(), faults.list());
        var inspection =
                configuration.sources().values().iterator().next().inspection().orElseThrow();
        return new Diagnosis(Map.of("datadog", inspection), () -> {})
                .of(configuration.services().values()).stream()
                        .map(finding -> finding.kind() + " "
                                + new Places(documents).at(finding).toString().replace(datadog.address(), "DATADOG"))
                        .toList();
    }

    @Test
    void whatCanBeReachedIsNotLookedInto() {
        assertEquals(
                List.of(
                        "SOURCE_NOT_INSPECTED shop.yaml:1: note: source 'datadog' is of a kind that cannot be inspected from outside, so its queries are not checked"),
                told(KEYS));
        assertFalse(datadog.requests().isEmpty());
    }

    @Test
    void keysThatAreRefusedAreToldSo() {
        assertEquals(
                List.of(
                        "SOURCE_ACCESS_REFUSED shop.yaml:1: source 'datadog' refuses access: DATADOG: status 403: Forbidden;"
                                + " give it credentials that may read, in connectionDetails of its DataSource"),
                told(Map.of("API", "another", "APPLICATION", FakeDatadog.APPLICATION_KEY)));
    }

    @Test
    void anErrorAndTooManyRequestsAreToldSo() {
        var fix = "; look at its own log, and at connectionDetails of its DataSource";
        var what = "SOURCE_FAILS shop.yaml:1: source 'datadog' answers with an error: DATADOG: ";
        datadog.answers(Response.json(500, "{}"));
        assertEquals(List.of(what + "status 500" + fix), told(KEYS));
        datadog.answers(Response.json(429, "{}"));
        assertEquals(List.of(what + "too many requests" + fix), told(KEYS));
    }
}
