package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.BudgetingMethod.Occurrences;
import dev.portcullis.analysis.slo.BudgetingMethod.Timeslices;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of one SLO: a group that is evaluated as often as the server likes, and a slower one of what a whole period costs to look at. */
public final class SloRules {
    /** A period is read sample by sample; more often would only cost. Short of the five minutes after which a series is taken for gone. */
    private static final Duration PERIOD_INTERVAL = Duration.ofMinutes(2);

    private static final String SERVICE = "service";
    private static final String SLO = "slo";
    private static final double SECONDS_OF_A_DAY = 86_400;

    private final BudgetedSlo slo;
    private final BurnRateRows rows;
    private final BadRatio badRatio;
    private final String budget;
    private final SortedMap<String, String> labels;

    private SloRules(BudgetedSlo slo, BurnRateRows rows) {
        this.slo = slo;
        this.rows = rows;
        this.badRatio = BadRatio.of(slo.indicator());
        this.budget = NumberText.plain(slo.budget().ratio());
        this.labels = new TreeMap<>(Map.of(SERVICE, slo.service(), SLO, slo.name()));
    }

    /**
     * The groups of an SLO; one of time slices has a single group, so that all of it looks at the slice that has just ended.
     *
     * @param slo one that {@link RuleFaults} finds nothing wrong with
     * @param runbook address of the page that an alert names
     */
    public static List<RuleGroup> of(BudgetedSlo slo, BurnRateRows rows, String runbook) {
        SloRules rules = new SloRules(slo, rows);
        SloAlerts alerts = new SloAlerts(rows, rules.labels, rules.spokenPeriod(), runbook);
        return switch (slo.budgetingMethod()) {
            case Occurrences all ->
                List.of(
                        new RuleGroup("slo-burn-rate-" + slo.name(), Duration.ZERO, rules.burnRates(alerts)),
                        new RuleGroup("slo-error-budget-" + slo.name(), PERIOD_INTERVAL, rules.period(alerts)));
            case Timeslices slices ->
                List.of(new RuleGroup(
                        "slo-time-slices-" + slo.name(), slices.window(), rules.ofSlices(slices, alerts)));
        };
    }

    private List<Rule> burnRates(SloAlerts alerts) {
        List<Rule> rules = new ArrayList<>();
        for (Duration window : rows.windows()) {
            rules.add(recorded(SeriesNames.badRatio(window), bad(window)));
        }
        for (Duration window : rows.windows()) {
            rules.add(recorded(SeriesNames.burn(window), series(SeriesNames.badRatio(window)) + " / " + budget));
        }
        for (AlertSeverity severity : AlertSeverity.values()) {
            rules.addAll(alerts.burns(severity));
        }
        return rules;
    }

    private List<Rule> period(SloAlerts alerts) {
        List<Rule> rules = new ArrayList<>();
        rules.add(recorded(SeriesNames.OBJECTIVE, vector(slo.target())));
        rules.add(recorded(SeriesNames.BUDGET, "vector(" + budget + ")"));
        rules.add(definition());
        if (slo.period().rolling()) {
            rules.addAll(left(slo.period().length()));
        }
        rules.add(recorded(
                SeriesNames.CURRENT_BURN, series(SeriesNames.burn(rows.windows().first()))));
        if (slo.period().rolling()) {
            rules.add(recorded(SeriesNames.EXHAUSTION, exhaustion(slo.period().length())));
        }
        rules.add(alerts.unmeasured(badRatio.witness()));
        return rules;
    }

    /** What PromQL can say of a period that ends now, and of no other. */
    private List<Rule> left(Duration period) {
        List<Rule> rules = new ArrayList<>();
        rules.add(recorded(SeriesNames.PERIOD_DAYS, vector(period.toSeconds() / SECONDS_OF_A_DAY)));
        if (!rows.windows().contains(period)) {
            rules.add(recorded(SeriesNames.badRatio(period), bad(period)));
        }
        rules.add(recorded(SeriesNames.PERIOD_BURN, series(SeriesNames.badRatio(period)) + " / " + budget));
        rules.add(recorded(SeriesNames.LEFT, "1 - " + series(SeriesNames.PERIOD_BURN)));
        return rules;
    }

    private List<Rule> ofSlices(Timeslices slices, SloAlerts alerts) {
        List<Rule> rules = new ArrayList<>();
        rules.add(recorded(SeriesNames.TIME_SLICE, TimeSlice.isBad(badRatio, slices)));
        rules.addAll(burnRates(alerts));
        rules.addAll(period(alerts));
        return rules;
    }

    /** The ratio of the bad requests of a window to all of them, or of its bad slices. */
    private String bad(Duration window) {
        return switch (slo.budgetingMethod()) {
            case Occurrences all -> badRatio.over(window);
            case Timeslices slices -> TimeSlice.badAmong(series(SeriesNames.TIME_SLICE), window);
        };
    }

    private String spokenPeriod() {
        return slo.period().rolling() ? DurationText.compact(slo.period().length()) : "one period of its calendar";
    }

    /** As {@link dev.portcullis.analysis.budget.ErrorBudget#exhaustion}. */
    private String exhaustion(Duration period) {
        return "(clamp_min(" + series(SeriesNames.LEFT) + ", 0) / " + series(SeriesNames.burn(rows.projectionWindow()))
                + " <= 1) * " + period.toSeconds();
    }

    private Rule definition() {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put(RecordedRatios.DEFINITION_LABEL, RecordedRatios.definition(slo));
        return new Rule.Recording(SeriesNames.DEFINITION, "vector(1)", all);
    }

    private Rule recorded(String name, String expr) {
        return new Rule.Recording(name, expr, labels);
    }

    private String series(String name) {
        return series(name, labels);
    }

    /** A recorded series of one SLO. */
    static String series(String name, SortedMap<String, String> labels) {
        List<LabelMatcher> matchers = labels.entrySet().stream()
                .map(label -> new LabelMatcher(label.getKey(), Operator.EQUAL, label.getValue()))
                .toList();
        return new Selector(name, matchers).render();
    }

    private static String vector(double value) {
        return "vector(" + NumberText.plain(value) + ")";
    }
}
