package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.grpc.AnalysisFixture;
import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.ErrorBudget.State;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the running service answers of a real Prometheus equals what promtool evaluates the rendered rules to on the same counters. Needs
 * {@code prometheus} and {@code promtool}.
 */
@Tag("extra")
@TestInstance(Lifecycle.PER_CLASS)
final class ErrorBudgetFiguresIT {
    private final Instant now = Instant.now();
    private static final String SOURCE = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: main}
            spec: {type: Prometheus, connectionDetails: {url: '%s'}}
            """;
    private static final String LATENCY = """
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: latency}
            spec:
              service: shop
              indicator:
                spec: {thresholdMetric: {metricSource: {metricSourceRef: main, spec: {query: seconds_bucket}}}}
              budgetingMethod: Occurrences
              objectives: [{op: lte, value: 1, target: 0.999}]
            """;
    private static final String SLICES =
            "objectives: [{target: 0.98, timeSliceTarget: 0.995, timeSliceWindow: 1h}]\n  alertPolicies:\n"
                    + "    - kind: AlertPolicy\n      metadata: {name: own}\n      spec:\n        alertWhenBreaching: true\n"
                    + "        conditions:\n          - {kind: AlertCondition, metadata: {name: c}, spec: {severity: page,"
                    + " condition: {threshold: 1.5, lookbackWindow: 3d}}}\n"
                    + "        notificationTargets: [{kind: AlertNotificationTarget, metadata: {name: m}, spec: {target: t}}]";

    @TempDir
    private static Path folder;

    private final BackfilledShop shop = new BackfilledShop(now);
    private PrometheusProcess prometheus;
    private AnalysisFixture fixture;
    private Map<String, BudgetedSlo> slos;

    @BeforeAll
    void start() throws Exception {
        Files.writeString(
                folder.resolve("counters.txt"), shop.openMetrics(recorded("recorded") + recorded("rewritten")));
        assertEquals(
                "",
                new Promtool(folder)
                        .run(
                                "tsdb",
                                "create-blocks-from",
                                "--max-block-duration=384h",
                                "openmetrics",
                                "-q",
                                "counters.txt",
                                "data"));
        prometheus = PrometheusProcess.start(folder, "", "--storage.tsdb.retention.time=100d");
        prometheus.awaitReady();
        Path config = Files.createDirectory(folder.resolve("config"));
        fixture = new AnalysisFixture(config, TestDatabase.fresh(), configuration());
        slos = parsed(config).stream().collect(Collectors.toMap(BudgetedSlo::name, slo -> slo));
    }

    @AfterAll
    void stop() throws Exception {
        fixture.close();
        prometheus.close();
    }

    private String configuration() {
        String begin = now.minus(Duration.ofDays(10)).atZone(ZoneOffset.UTC).toLocalDate() + " 00:00:00";
        String calendar =
                "timeWindow: [{duration: 1M, isRolling: false, calendar: {startTime: '" + begin + "', timeZone: UTC}}]";
        String rolling = "timeWindow: [{duration: 30d, isRolling: true}]";
        return SOURCE.formatted(prometheus.address())
                + slo("shop", "bad", "bad", "requests_total{code=\"500\"}", "requests_total")
                + slo("shop", "good", "good", "requests_total{code!=\"500\"}", "requests_total")
                + slo("shop", "spent", "bad", "requests_total{code=\"500\"}", "requests_total")
                        .replace("0.999}", "0.9999}")
                + LATENCY
                + slo("night", "idle", "bad", "night_total{code=\"500\"}", "night_total")
                + slo("night", "gone", "bad", "gone_total{code=\"500\"}", "gone_total")
                + slo("night", "never", "bad", "never_total{code=\"500\"}", "never_total")
                + slo("loaded", "recorded", "bad", "never_total{code=\"500\"}", "never_total")
                + slo("loaded", "rewritten", "bad", "never_total{code=\"502\"}", "never_total")
                + slo("month", "month", "bad", "requests_total{code=\"500\"}", "requests_total")
                        .replace(rolling, calendar)
                + slo("sliced", "sliced", "bad", "requests_total{code=\"500\"}", "requests_total")
                        .replace("Occurrences", "Timeslices")
                        .replace("objectives: [{target: 0.999}]", SLICES);
    }

    private static String slo(String service, String name, String part, String query, String total) {
        return "---\n"
                + ShopDocuments.slo(name, "metricSourceRef: main", part, query, total)
                        .replace("checkout", service);
    }

    private static List<BudgetedSlo> parsed(Path config) {
        Faults faults = new Faults();
        var configuration = ConfigurationCheck.read(new ConfigurationFolder(config).read(faults), faults);
        assertEquals(List.of(), faults.list());
        return configuration.slos();
    }

    @Test
    void ofRatiosAndLatenciesEveryFigureIsThatOfTheRules() throws Exception {
        List<ErrorBudget> budgets = budgets("shop");
        assertEquals("bad good latency spent", names(budgets, state(State.MEASURED)));
        assertEquals("spent", names(budgets, budget -> budget.getLeft() < 0));
        assertEquals("bad good latency spent", names(budgets, budget -> budget.getRows(0)
                .getMet()));
        assertEquals("spent", names(budgets, budget -> budget.getRows(1).getMet()));
        assertEquals(0, budgets.getLast().getTimeToExhaustion().getSeconds());
        equalTheRules(budgets);
    }

    @Test
    void windowsWithoutRequestsHaveNoFigureInEither() throws Exception {
        List<ErrorBudget> budgets = budgets("night");
        assertEquals("gone idle", names(budgets, state(State.MEASURED)));
        assertEquals("never", names(budgets, state(State.NO_DATA)));
        assertEquals(0, budgets.get(0).getBurnRatesCount());
        assertEquals("86400 259200", windows(budgets.get(1)));
        assertFalse(budgets.get(1).hasTimeToExhaustion());
        equalTheRules(budgets);
    }

    @Test
    void whatIsLeftOfACalendarsMonthIsOfTheTimeSinceItBegan() throws Exception {
        ErrorBudget budget = budgets("month").getFirst();
        Instant begin = now.minus(Duration.ofDays(10)).truncatedTo(ChronoUnit.DAYS);
        Instant end = begin.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        assertEquals(begin.getEpochSecond(), budget.getPeriodStartTime().getSeconds());
        assertEquals(end.getEpochSecond(), budget.getPeriodEndTime().getSeconds());
        long elapsed = budget.getMeasureTime().getSeconds() - begin.getEpochSecond();
        String range = "[" + elapsed + "s]";
        String ratio = "sum(rate(requests_total{code=\"500\"}" + range + ")) / sum(rate(requests_total" + range + "))";
        long length = Duration.between(begin, end).toSeconds();
        String left = "1 - " + ratio + " / 0.001 * " + elapsed + " / " + length;
        Duration at = sinceBegin(budget);
        String tests = isClose(ratio, budget.getBadRatio(), at)
                + isClose(left, budget.getLeft(), at)
                + isClose("(" + left + ") * " + length + " / scalar(" + burn("month", "1h") + ")", seconds(budget), at)
                + burns(budget, at)
                + alerts(budget, at);
        assertEquals("", promtool(List.of(budget), at, tests));
    }

    @Test
    void badSlicesOfTimeAreThoseThatTheRulesRecorded() throws Exception {
        ErrorBudget budget = budgets("sliced").getFirst();
        assertTrue(budget.getBadRatio() > 0, "bad slices: " + budget.getBadRatio());
        Duration hour = Duration.ofHours(sinceBegin(budget).toHours());
        String tests = isClose(series("slo:sli_error:ratio_rate30d", "sliced"), budget.getBadRatio(), hour)
                + isClose(series("slo:period_error_budget_remaining:ratio", "sliced"), budget.getLeft(), hour)
                + burns(budget, hour);
        assertEquals("", promtool(List.of(budget), Duration.ofHours(1), tests));
    }

    /** What loaded rules would have recorded of the SLO "recorded", for an SLO of a name. */
    private String recorded(String name) {
        String labels = "{service=\"loaded\",slo=\"" + name + "\"";
        var indicator = Slos.bad("never_total{code=\"500\"}", "never_total");
        String definition = RecordedRatios.definition(Slos.of(name, 0.999, indicator));
        return shop.constant("slo:sli_error:ratio_rate30d" + labels + "}", 0.0004)
                + shop.constant("slo:sli_error:ratio_rate1h" + labels + "}", 0.015)
                + shop.constant("slo:definition:info" + labels + ",definition=\"" + definition + "\"}", 1);
    }

    @Test
    void whatLoadedRulesHaveRecordedOfTheSameDefinitionIsTaken() {
        List<ErrorBudget> budgets = budgets("loaded");
        assertEquals("recorded", names(budgets, state(State.MEASURED)));
        assertEquals(0.6, budgets.getFirst().getLeft(), 1e-9);
        assertEquals("3600", windows(budgets.getFirst()));
        assertEquals("rewritten", names(budgets, state(State.NO_DATA)));
    }

    @Test
    void whoAsksAgainAtOnceIsAnsweredFromTheSameReading() {
        assertEquals(answer("shop"), answer("shop"));
    }

    private GetErrorBudgetResponse answer(String service) {
        return fixture.stub()
                .getErrorBudget(
                        GetErrorBudgetRequest.newBuilder().setService(service).build());
    }

    private List<ErrorBudget> budgets(String service) {
        return answer(service).getBudgetsList();
    }

    private void equalTheRules(List<ErrorBudget> budgets) throws Exception {
        for (ErrorBudget budget : budgets) {
            Duration at = budget.hasMeasureTime() ? sinceBegin(budget) : Duration.between(shop.begin(), now);
            String period = "slo:sli_error:ratio_rate30d";
            String tests = budget.hasLeft()
                    ? isClose(series(period, budget.getSlo()), budget.getBadRatio(), at)
                            + isClose(
                                    series("slo:period_error_budget_remaining:ratio", budget.getSlo()),
                                    budget.getLeft(),
                                    at)
                    : isAbsent(series(period, budget.getSlo()), at);
            String end = series("slo:period_error_budget_exhaustion:seconds", budget.getSlo());
            tests += budget.hasTimeToExhaustion() ? isClose(end, seconds(budget), at) : isAbsent(end, at);
            assertEquals("", promtool(List.of(budget), at, tests + burns(budget, at) + alerts(budget, at)));
        }
    }

    /** Of every window the burn that was told, or none. */
    private String burns(ErrorBudget budget, Duration at) {
        Map<Long, Double> told = budget.getBurnRatesList().stream()
                .collect(Collectors.toMap(burn -> burn.getWindow().getSeconds(), burn -> burn.getBurnRate()));
        return rows(budget).windows().stream()
                .map(window -> {
                    String series = burn(budget.getSlo(), DurationText.compact(window));
                    Double burn = told.get(window.toSeconds());
                    return burn == null ? isAbsent(series, at) : isClose(series, burn, at);
                })
                .collect(Collectors.joining());
    }

    private static String alerts(ErrorBudget budget, Duration at) {
        return List.of("PAGE", "TICKET").stream()
                .map(severity -> {
                    boolean met = budget.getRowsList().stream()
                            .anyMatch(row ->
                                    row.getMet() && row.getSeverity().name().equals(severity));
                    String alert = "ALERTS{alertname=\"ErrorBudgetBurn\",alertstate=\"firing\",severity=\""
                            + severity.toLowerCase(Locale.ROOT) + "\"}";
                    return has("count(" + alert + ") or vector(0)", met ? "1" : "0", at);
                })
                .collect(Collectors.joining());
    }

    private BurnRateRows rows(ErrorBudget budget) {
        BudgetedSlo slo = slos.get(budget.getSlo());
        return slo.rowsOr(BurnRatePreset.WORKBOOK).forPeriod(slo.period().length());
    }

    private String promtool(List<ErrorBudget> budgets, Duration evaluateEvery, String tests) throws Exception {
        List<RuleGroup> rules = budgets.stream()
                .flatMap(budget ->
                        SloRules.of(slos.get(budget.getSlo()), rows(budget), "https://wiki.example/burn").stream())
                .toList();
        List<String> groups = rules.stream().map(RuleGroup::name).toList();
        return new Promtool(folder).told(rules, shop.testFile(groups, evaluateEvery, tests));
    }

    private Duration sinceBegin(ErrorBudget budget) {
        return Duration.between(
                shop.begin(), Instant.ofEpochSecond(budget.getMeasureTime().getSeconds()));
    }

    private static double seconds(ErrorBudget budget) {
        var end = budget.getTimeToExhaustion();
        return end.getSeconds() + end.getNanos() / 1e9;
    }

    private static String burn(String slo, String window) {
        return series("slo:burn_rate:ratio_rate" + window, slo);
    }

    private static String series(String name, String slo) {
        return name + "{slo=\"" + slo + "\"}";
    }

    private static String isClose(String expression, double told, Duration at) {
        double allowed = 1e-9 * Math.max(1, Math.abs(told));
        return has("sum(abs(" + expression + " - (" + told + ")) <= bool " + allowed + ")", "1", at);
    }

    private static String isAbsent(String expression, Duration at) {
        return has("count(" + expression + ") or vector(0)", "0", at);
    }

    private static String has(String expression, String value, Duration at) {
        return "- {expr: '" + expression + "', eval_time: " + at.toSeconds() + "s, exp_samples: [{labels: '{}', value: "
                + value + "}]}\n";
    }

    private static Predicate<ErrorBudget> state(State state) {
        return budget -> budget.getState() == state;
    }

    private static String names(List<ErrorBudget> budgets, Predicate<ErrorBudget> which) {
        return budgets.stream().filter(which).map(ErrorBudget::getSlo).collect(Collectors.joining(" "));
    }

    private static String windows(ErrorBudget budget) {
        return budget.getBurnRatesList().stream()
                .map(burn -> String.valueOf(burn.getWindow().getSeconds()))
                .collect(Collectors.joining(" "));
    }
}
