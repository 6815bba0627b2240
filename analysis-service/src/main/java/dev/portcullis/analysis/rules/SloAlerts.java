package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The alerts of one SLO. Names reach the texts as labels of the alert, never as text: a template would run what is in them.
 *
 * @param labels those of the recorded series
 * @param runbook address of the page that an alert names
 */
record SloAlerts(BurnRateRows rows, SortedMap<String, String> labels, String runbook) {
    private static final Duration BEFORE_UNMEASURED = Duration.ofMinutes(15);
    private static final String NAMED = "{{ $labels.service }}: {{ $labels.slo }}";

    /** One severity speaks; empty when no row is of it. */
    Optional<Rule> burns(AlertSeverity severity) {
        List<BurnRateRow> of = rows.of(severity);
        if (of.isEmpty()) {
            return Optional.empty();
        }
        String told = of.stream().map(SloAlerts::told).collect(Collectors.joining(", or "));
        return Optional.of(new Rule.Alert(
                "ErrorBudgetBurn",
                of.stream().map(this::condition).collect(Collectors.joining(" or ")),
                Duration.ZERO,
                severityLabel(severity),
                new TreeMap<>(Map.of(
                        "summary",
                        NAMED + " burns its error budget {{ $value | humanize }} times as fast as it may",
                        "description",
                        "The budget burns more than " + told + ".",
                        "runbook_url",
                        runbook))));
    }

    /** Nothing can be counted, so nothing above could ever speak. */
    Rule unmeasured(String expr) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.putAll(severityLabel(AlertSeverity.TICKET));
        return new Rule.Alert(
                "SloNotMeasured",
                expr,
                BEFORE_UNMEASURED,
                all,
                new TreeMap<>(Map.of(
                        "summary",
                        NAMED + " is not measured: the series it counts do not exist",
                        "description",
                        "While they do not exist, no burn of this budget is seen.",
                        "runbook_url",
                        runbook + "#slonotmeasured")));
    }

    private String condition(BurnRateRow row) {
        return "(" + above(row.longWindow(), row) + " and " + above(row.shortWindow(), row) + ")";
    }

    private String above(Duration window, BurnRateRow row) {
        return SloRules.series(SeriesNames.burn(window), labels) + " > " + Written.number(row.factor());
    }

    private static String told(BurnRateRow row) {
        return Written.number(row.factor()) + " times as fast as it may, over " + Written.duration(row.longWindow())
                + " and over the last " + Written.duration(row.shortWindow());
    }

    private static SortedMap<String, String> severityLabel(AlertSeverity severity) {
        return new TreeMap<>(Map.of("severity", severity.word()));
    }
}
