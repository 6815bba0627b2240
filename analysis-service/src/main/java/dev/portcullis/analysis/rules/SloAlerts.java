package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The alerts of one SLO. Names reach the texts as labels of the alert, never as text: a template would run what is in them.
 *
 * @param labels those of the recorded series
 * @param period of the SLO, as PromQL writes it
 * @param runbook address of the page that an alert names
 */
record SloAlerts(BurnRateRows rows, SortedMap<String, String> labels, String period, String runbook) {
    private static final Duration BEFORE_UNMEASURED = Duration.ofMinutes(15);
    private static final String NAMED = "{{ $labels.service }}: {{ $labels.slo }}";

    /** A severity speaks: an alert for each time its rows have to hold; none when no row is of it. */
    List<Rule> burns(AlertSeverity severity) {
        return rows.holds(severity).stream().map(hold -> burns(severity, hold)).toList();
    }

    private Rule burns(AlertSeverity severity, Duration hold) {
        List<BurnRateRow> of = rows.of(severity).stream()
                .filter(row -> row.hold().equals(hold))
                .toList();
        String told = of.stream().map(SloAlerts::told).collect(Collectors.joining(", or above "));
        return new Rule.Alert(
                "ErrorBudgetBurn",
                of.stream().map(this::condition).collect(Collectors.joining(" or ")),
                hold,
                labelled(severity, hold),
                new TreeMap<>(Map.of(
                        "summary",
                        NAMED + " burns its error budget {{ $value | humanize }} times as fast as it may",
                        "description",
                        "Burn rate above " + told + "; at 1 the budget lasts for exactly " + period + ".",
                        "runbook_url",
                        runbook)));
    }

    /**
     * Nothing can be counted, so nothing above could ever speak.
     *
     * @param witness a selector of what has to exist
     */
    Rule unmeasured(String witness) {
        // absent() would tell no names, and the texts take them from the labels.
        return new Rule.Alert(
                "SloNotMeasured",
                SloRules.series(SeriesNames.BUDGET, labels) + " unless on() sum(" + witness + ")",
                BEFORE_UNMEASURED,
                labelled(AlertSeverity.TICKET, Duration.ZERO),
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
        return SloRules.series(SeriesNames.burn(window), labels) + " > " + NumberText.plain(row.factor());
    }

    private static String told(BurnRateRow row) {
        return NumberText.plain(row.factor()) + " over " + DurationText.compact(row.longWindow())
                + " and over the last " + DurationText.compact(row.shortWindow());
    }

    /** Those of the SLO again, which the series have anyway: without them the rules of two SLOs look like the same rule twice. */
    private SortedMap<String, String> labelled(AlertSeverity severity, Duration hold) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put("severity", severity.word());
        if (!hold.isZero()) {
            all.put("hold", DurationText.compact(hold));
        }
        return all;
    }
}
