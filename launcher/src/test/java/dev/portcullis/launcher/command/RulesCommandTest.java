package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.ShopDocuments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RulesCommandTest {
    private static final Path RESOURCES = Path.of("src/test/resources/rules");
    private static final Path EXPECTED = Path.of("src/test/resources/rules-expected.yml");
    private static final String PAGE = "https://wiki.example/error-budget-burn";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void anOrdinaryFolder() throws IOException {
        put("shop.yaml", Files.readString(RESOURCES.resolve("shop.yaml")));
    }

    @Test
    void theSlosBecomeTheRulesOfTheGoldenFile() throws Exception {
        assertEquals(0, rules("--runbook-url", PAGE));
        assertEquals(Files.readString(EXPECTED), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void thePrometheusRuleHoldsTheSameGroups() throws Exception {
        assertEquals(
                0, rules("--runbook-url", PAGE, "--format", "kubernetes", "--name", "slos", "--label", "release=main"));
        String head = """
                apiVersion: 'monitoring.coreos.com/v1'
                kind: 'PrometheusRule'
                metadata:
                  name: 'slos'
                  labels:
                    release: 'main'
                spec:
                """;
        String groups = Files.readString(EXPECTED).indent(2);
        assertEquals(head + groups, out.toString());
    }

    @Test
    void aPresetChoosesOtherWindowsAndRowsOfOnesOwnReplaceIt() {
        assertEquals(0, rules("--preset", "pyrra"));
        assertTrue(out.toString().contains("slo:burn_rate:ratio_rate4d{"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, rules("--row", "page:90m:10m:8", "--row", "ticket:12h:1h:1.5"));
        String told = out.toString();
        assertTrue(
                told.contains("slo:burn_rate:ratio_rate1h30m{service=\"checkout\",slo=\"checkout-latency\"} > 8 and "),
                told);
        assertTrue(
                told.contains("slo:burn_rate:ratio_rate12h{service=\"checkout\",slo=\"checkout-latency\"} > 1.5 and "),
                told);
    }

    @Test
    void anSloWithAlertPoliciesHasTheirRowsAndTheOthersThoseOfTheOptions() throws Exception {
        String policies = """
                timeWindow: [{duration: 28d, isRolling: true}]
                  alertPolicies:
                    - kind: AlertPolicy
                      metadata: {name: own}
                      spec:
                        alertWhenBreaching: true
                        conditions:
                          - kind: AlertCondition
                            metadata: {name: fast}
                            spec: {severity: page, condition: {threshold: 9, lookbackWindow: 2h, alertAfter: 3m}}
                """;
        String shop = Files.readString(RESOURCES.resolve("shop.yaml"));
        put("shop.yaml", shop.replace("timeWindow: [{duration: 28d, isRolling: true}]\n", policies));
        assertEquals(0, rules(), err::toString);
        String told = out.toString();
        assertTrue(told.contains("ratio_rate2h{service=\"checkout\",slo=\"checkout-availability\"} > 9 and "), told);
        assertTrue(told.contains("ratio_rate10m{service=\"checkout\",slo=\"checkout-availability\"} > 9"), told);
        assertTrue(told.contains("for: '3m'"), told);
        assertTrue(told.contains("ratio_rate1h{service=\"checkout\",slo=\"checkout-latency\"} > 14.4 and "), told);
    }

    @Test
    void aCalendarSloHasAlertsAndANoteOfWhatIsLeftOut() throws Exception {
        String shop = Files.readString(RESOURCES.resolve("shop.yaml"));
        put(
                "shop.yaml",
                shop.replace(
                        "{duration: 28d, isRolling: true}",
                        "{duration: 1M, calendar: {startTime: '2026-01-01 00:00:00', timeZone: UTC}}"));
        assertEquals(0, rules());
        assertTrue(
                err.toString().startsWith("note: shop.yaml:1: SLO 'checkout-availability': no series of what"),
                err.toString());
        assertTrue(out.toString().contains("slo=\"checkout-availability\"} > 14.4 and "), out.toString());
    }

    @Test
    void timeSlicesThatDoNotDivideTheWindowsAreRefusedWithTheirLine() throws Exception {
        String shop = Files.readString(RESOURCES.resolve("shop.yaml"));
        put(
                "shop.yaml",
                shop.replaceFirst("Occurrences", "Timeslices")
                        .replace("targetPercent: 99.9", "target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 10m"));
        assertEquals(1, rules());
        assertTrue(err.toString().contains("its time slices are 10m long, and 5m, a window"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(0, rules("--row", "page:6h:30m:6"), err::toString);
        assertTrue(out.toString().contains("interval: '10m'"), out.toString());
    }

    @Test
    void objectivesThatAPresetMakesAreSaidToHaveNoRules() throws Exception {
        Files.delete(folder.resolve("shop.yaml"));
        put("checkout.yaml", """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec: {service: checkout, preset: istio}
                """);
        assertEquals(0, rules(), err::toString);
        assertEquals("groups: []\n", out.toString());
        assertTrue(
                err.toString().contains("of service 'checkout', which a preset makes; write its SLO out to get rules"),
                err.toString());
    }

    @Test
    void anSloThatIsNotInPrometheusIsRefusedByItsSource() throws Exception {
        put(
                "shop.yaml",
                ShopDocuments.file(
                        ShopDocuments.dataSource(
                                "dd",
                                "Datadog",
                                "{url: 'https://api.datadoghq.eu', apiKeyEnv: DD_API_KEY, applicationKeyEnv: DD_APP_KEY}"),
                        ShopDocuments.slo(
                                "checkout-availability",
                                "metricSourceRef: dd",
                                "bad",
                                "requests.errors{service:checkout}",
                                "requests.count{service:checkout}")));
        assertEquals(1, rules());
        assertTrue(err.toString().contains("its source 'dd' is not asked in PromQL"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void anEmptyFolderGivesAFileWithoutGroups() throws Exception {
        Files.delete(folder.resolve("shop.yaml"));
        assertEquals(0, rules());
        assertEquals("groups: []\n", out.toString());
    }

    @Test
    void aFaultOfTheFolderIsToldWithItsLineAndNoRuleIsPrinted() throws Exception {
        put("shop.yaml", Files.readString(RESOURCES.resolve("shop.yaml")).replace("target: 0.99}", "target: 99}"));
        assertEquals(1, rules());
        assertEquals("", out.toString());
        assertTrue(err.toString().matches("shop\\.yaml:[1-9][0-9]*: .*target.*\\R"), err.toString());
    }

    @Test
    void whatNoRuleCanBeMadeOfIsToldByNameAndLine() throws Exception {
        put("shop.yaml", Files.readString(RESOURCES.resolve("shop.yaml")).replace("seconds_bucket", "seconds"));
        assertEquals(1, rules());
        assertEquals("", out.toString());
        assertTrue(err.toString().startsWith("shop.yaml:"), err.toString());
        assertTrue(
                err.toString().contains("SLO 'checkout-latency': its thresholdMetric names a native"), err.toString());
    }

    @Test
    void aRowThatCannotBeMetIsANoteBesideTheRules() throws Exception {
        put("shop.yaml", Files.readString(RESOURCES.resolve("shop.yaml")).replace("target: 0.99}", "target: 0.9}"));
        assertEquals(0, rules());
        assertTrue(out.toString().startsWith("groups:\n"), out.toString());
        assertTrue(err.toString().startsWith("note: shop.yaml:"), err.toString());
        assertTrue(err.toString().contains("is never met"), err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --preset google                     | legal: workbook, sloth, pyrra
                    --preset sloth --row page:1h:5m:1   | legal: one of them
                    --row page:1h:5m                    | it has 3 parts
                    --row pager:1h:5m:14                | 'pager' is no severity
                    --row page:5m:1h:14                 | the short window
                    --row page:1h:5:14                  | '5' is not a window
                    --row page:1h:5m:0                  | factor: 0.0
                    --row page:1h:5m:many               | many
                    --format helm                       | helm
                    --runbook-url {{.Secret}}           | --runbook-url is '{{.Secret}}'
                    --runbook-url https://a/#b          | fragment """)
    void aFlagThatMakesNoSenseEndsWithTwo(String flags, String told) {
        assertEquals(2, rules(flags.split(" ")));
        assertTrue(err.toString().contains(told), err.toString());
        assertEquals("", out.toString());
    }

    private int rules(String... flags) {
        var words = Stream.concat(Stream.of("rules", folder.toString()), Stream.of(flags));
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
