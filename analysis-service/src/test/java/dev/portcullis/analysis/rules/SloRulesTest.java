package dev.portcullis.analysis.rules;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SloRulesTest {
    private static final String RUNBOOK = "https://wiki.example/burn";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void aCalendarPeriodHasItsAlertsAndNothingOfWhatIsLeft() {
        BudgetedSlo slo = Slos.of(
                new CalendarPeriod(Period.ofMonths(1), LocalDate.of(2026, 1, 1).atStartOfDay(), ZoneOffset.UTC));
        List<Rule> rules =
                rules(slo, BurnRatePreset.WORKBOOK.forPeriod(slo.period().length()));
        List<String> recorded = rules.stream()
                .filter(Rule.Recording.class::isInstance)
                .map(rule -> ((Rule.Recording) rule).record())
                .toList();
        assertTrue(recorded.contains("slo:burn_rate:ratio_rate3d"), recorded::toString);
        assertFalse(recorded.stream().anyMatch(name -> name.contains("period")), recorded::toString);
        Rule.Alert page = alerts(rules).getFirst();
        assertTrue(page.expr().contains(" > 14.4 and "), page.expr());
        assertTrue(
                page.annotations().getOrDefault("description", "").endsWith("exactly one period of its calendar."),
                page.annotations()::toString);
    }

    @Test
    void rowsThatHaveToHoldForDifferentTimesAreDifferentAlerts() {
        BurnRateRows rows = new BurnRateRows(List.of(
                new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 14, Duration.ofMinutes(2)),
                new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 20),
                new BurnRateRow(PAGE, Duration.ofHours(6), HOUR, 6, Duration.ofMinutes(2))));
        List<Rule.Alert> alerts = alerts(rules(Slos.of(SloPeriod.DEFAULT), rows)).stream()
                .filter(alert -> alert.alert().equals("ErrorBudgetBurn"))
                .toList();
        assertEquals(
                List.of(Duration.ZERO, Duration.ofMinutes(2)),
                alerts.stream().map(Rule.Alert::hold).toList());
        assertFalse(alerts.getFirst().labels().containsKey("hold"));
        assertEquals("2m", alerts.getLast().labels().get("hold"));
        assertTrue(alerts.getLast().expr().contains(" > 14 "), alerts.getLast().expr());
        assertTrue(alerts.getLast().expr().contains(" > 6 "), alerts.getLast().expr());
    }

    @Test
    void timeSlicesAreRecordedOncePerSliceAndAveraged() {
        BurnRateRows rows = new BurnRateRows(List.of(new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 14)));
        List<RuleGroup> groups =
                SloRules.of(Slos.slices(0.95, Duration.ofMinutes(1), SloPeriod.DEFAULT), rows, RUNBOOK);
        assertEquals(1, groups.size());
        assertEquals(Duration.ofMinutes(1), groups.getFirst().interval());
        List<Rule> rules = groups.getFirst().rules();
        assertEquals(
                "(sum(rate(requests_total{code=\"500\"}[1m])) or vector(0)) / (sum(rate(requests_total[1m])) > 0)"
                        + " > bool 0.05000000005",
                rules.getFirst().expr());
        assertEquals(
                "avg_over_time(slo:time_slice:bad{service=\"shop\",slo=\"slices\"}[4m59s])",
                rules.get(1).expr());
    }

    @Test
    void theDefinitionIsRecordedAndChangesWithWhatIsCounted() {
        BurnRateRows rows = new BurnRateRows(List.of(new BurnRateRow(PAGE, HOUR, FIVE_MINUTES, 14)));
        BudgetedSlo slo = Slos.of(SloPeriod.DEFAULT);
        String recorded = rules(slo, rows).stream()
                .filter(rule -> rule instanceof Rule.Recording recording
                        && recording.record().equals("slo:definition:info"))
                .map(rule -> String.valueOf(rule.labels().get("definition")))
                .collect(Collectors.joining());
        assertEquals(16, recorded.length());
        assertTrue(RecordedRatios.query(slo, List.of(HOUR)).contains(recorded));
        BudgetedSlo other =
                Slos.of("shop-availability", 0.999, Slos.bad("requests_total{code=\"502\"}", "requests_total"));
        assertFalse(RecordedRatios.query(other, List.of(HOUR)).contains(recorded));
    }

    private static List<Rule> rules(BudgetedSlo slo, BurnRateRows rows) {
        return SloRules.of(slo, rows, RUNBOOK).stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    private static List<Rule.Alert> alerts(List<Rule> rules) {
        return rules.stream()
                .filter(Rule.Alert.class::isInstance)
                .map(Rule.Alert.class::cast)
                .toList();
    }
}
