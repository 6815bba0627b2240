package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules, evaluated by Prometheus' own code, say what the domain says of the same counters. Needs the program {@code promtool}. */
@Tag("extra")
final class PromtoolRulesIT {
    private static final String RUNBOOK = "https://wiki.example/burn";
    private static final String ALL = "requests_total";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void burnRatesBudgetAndAlertsOfThirtyDaysEqualTheDomains(BurnRatePreset preset) throws Exception {
        List<BudgetedSlo> slos = List.of(
                Slos.of("bad", 0.999, Slos.bad("requests_total{code=\"500\"}", ALL)),
                Slos.of("good", 0.999, Slos.good("requests_total{code!=\"500\"}", ALL)),
                Slos.of("latency", 0.999, Slos.latency("seconds_bucket", 1)),
                Slos.of("spent", 0.9999, Slos.bad("requests_total{code=\"500\"}", ALL)));
        ShopCounters shop = ShopCounters.withIncidents();
        BurnRateRows rows = preset.forPeriod(Slos.days(30).length());
        ExpectedFigures expected = new ExpectedFigures(shop, rows, Promtool.isLeftOpen());
        for (BudgetedSlo slo : slos) {
            expected.add(slo);
        }
        assertEquals("", test(rules(slos, rows), shop, expected.tests()));
    }

    @Test
    void theIncidentsTellTheAlertsApart() {
        ExpectedFigures expected = new ExpectedFigures(
                ShopCounters.withIncidents(),
                BurnRatePreset.WORKBOOK.forPeriod(Slos.days(30).length()),
                false);
        BudgetedSlo slo = Slos.of(Slos.days(30));
        assertEquals(
                List.of("", "", "PAGE", "TICKET"),
                ShopCounters.MOMENTS.stream()
                        .map(minute -> String.join(
                                " ",
                                Stream.of(AlertSeverity.values())
                                        .filter(severity -> expected.speaks(slo, severity, minute))
                                        .map(Enum::name)
                                        .toList()))
                        .toList());
    }

    @Test
    void aBurnThatEqualsTheFactorIsToldToNobodyAndOneJustAboveIs() throws Exception {
        List<BudgetedSlo> slos = List.of(
                Slos.of("equal", 0.875, Slos.bad("requests_total{code=\"500\"}", ALL)),
                Slos.of("above", 0.876, Slos.bad("requests_total{code=\"500\"}", ALL)));
        ShopCounters shop = ShopCounters.steady(1, 8);
        BurnRateRows rows = BurnRatePreset.WORKBOOK.forPeriod(Slos.days(30).length());
        ExpectedFigures expected = new ExpectedFigures(shop, rows, Promtool.isLeftOpen());
        slos.forEach(expected::add);
        assertEquals(false, expected.speaks(slos.getFirst(), AlertSeverity.TICKET, ShopCounters.MOMENTS.getLast()));
        assertEquals(true, expected.speaks(slos.getLast(), AlertSeverity.TICKET, ShopCounters.MOMENTS.getLast()));
        assertEquals("", test(rules(slos, rows), shop, expected.tests()));
    }

    @Test
    void whatIsNotMeasuredIsToldAndHasNoBurn() throws Exception {
        List<BudgetedSlo> slos = List.of(
                Slos.of("absent", 0.999, Slos.bad("absent_total{code=\"500\"}", "absent_total")),
                Slos.of("no-boundary", 0.999, Slos.latency("seconds_bucket", 0.7)),
                Slos.of("measured", 0.999, Slos.latency("seconds_bucket", 1)));
        List<String> tests = new ArrayList<>();
        for (String name : List.of("absent", "no-boundary", "measured")) {
            String told = name.equals("measured") ? "0" : "1";
            String alert =
                    "ALERTS{alertname=\"SloNotMeasured\",alertstate=\"firing\",severity=\"ticket\",service=\"shop\","
                            + "slo=\"" + name + "\"}";
            tests.add(ExpectedFigures.has("count(" + alert + ") or vector(0)", told, ShopCounters.MOMENTS.getLast()));
            tests.add(ExpectedFigures.has(
                    "count({__name__=~\"slo:burn_rate:.*\",slo=\"" + name + "\"}) or vector(0)",
                    name.equals("measured") ? "7" : "0",
                    ShopCounters.MOMENTS.getLast()));
        }
        BurnRateRows rows = BurnRatePreset.WORKBOOK.forPeriod(Slos.days(30).length());
        assertEquals("", test(rules(slos, rows), ShopCounters.steady(1, 8), tests));
    }

    @Test
    void theTextsOfAnAlertNameTheServiceTheSloAndTheBurn() throws Exception {
        ShopCounters shop = ShopCounters.steady(20, 1000);
        BudgetedSlo slo = Slos.of("bad", 0.999, Slos.bad("requests_total{code=\"500\"}", ALL));
        BurnRateRows rows = BurnRatePreset.WORKBOOK.forPeriod(Slos.days(30).length());
        String alert = """
                - eval_time: 43200m
                  alertname: ErrorBudgetBurn
                  exp_alerts:
                    - exp_labels: {severity: page, service: shop, slo: bad}
                      exp_annotations:
                        summary: 'shop: bad burns its error budget 20 times as fast as it may'
                        description: 'Burn rate above 14.4 over 1h and over the last 5m, or above 6 over 6h and over the last 30m; at 1 the budget lasts for exactly 30d.'
                        runbook_url: '%1$s'
                    - exp_labels: {severity: ticket, service: shop, slo: bad}
                      exp_annotations:
                        summary: 'shop: bad burns its error budget 20 times as fast as it may'
                        description: 'Burn rate above 3 over 1d and over the last 2h, or above 1 over 3d and over the last 6h; at 1 the budget lasts for exactly 30d.'
                        runbook_url: '%1$s'
                """.formatted(RUNBOOK);
        List<RuleGroup> rules = rules(List.of(slo), rows);
        String text = shop.testFile("rules.yaml", names(rules), List.of()) + "    alert_rule_test:\n" + alert.indent(6);
        assertEquals("", new Promtool(folder).told(rules, text));
    }

    private static List<RuleGroup> rules(List<BudgetedSlo> slos, BurnRateRows rows) {
        return slos.stream()
                .flatMap(slo -> SloRules.of(slo, rows, RUNBOOK).stream())
                .toList();
    }

    private String test(List<RuleGroup> rules, ShopCounters shop, List<String> tests) throws Exception {
        return new Promtool(folder).told(rules, shop.testFile("rules.yaml", names(rules), tests));
    }

    private static List<String> names(List<RuleGroup> rules) {
        return rules.stream().map(RuleGroup::name).toList();
    }
}
