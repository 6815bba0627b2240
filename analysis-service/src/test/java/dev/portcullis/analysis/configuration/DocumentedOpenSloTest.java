package dev.portcullis.analysis.configuration;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static dev.portcullis.analysis.budget.AlertSeverity.TICKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/openslo.md: its example is read as it says, and its table has every field that the readers know. */
final class DocumentedOpenSloTest {
    private static final Pattern LEGAL = Pattern.compile("unknown key 'zzz'.*; legal: (.*)");

    /** A key that nobody knows in every mapping: the faults list those that are known. */
    private static final String ASKING = """
            apiVersion: openslo/v1
            kind: Service
            metadata: {name: checkout, zzz: 1}
            zzz: 1
            spec: {zzz: 1}
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: a}
            spec:
              zzz: 1
              service: checkout
              indicatorRef: ratio
              timeWindow: [{duration: 1M, zzz: 1, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC, zzz: 1}}]
              budgetingMethod: Timeslices
              objectives: [{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m, zzz: 1}]
              alertPolicies: [{alertPolicyRef: fast, zzz: 1}]
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: b}
            spec:
              service: checkout
              indicator:
                zzz: 1
                spec:
                  zzz: 1
                  thresholdMetric: {zzz: 1, metricSource: {zzz: 1, type: Prometheus, spec: {zzz: 1, query: a_bucket}}}
              objectives: [{op: lte, value: 1, target: 0.99}]
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: ratio}
            spec:
              ratioMetric:
                zzz: 1
                counter: true
                bad: {metricSource: {type: Prometheus, spec: {query: b}}}
                total: {metricSource: {type: Prometheus, spec: {query: t}}}
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: raw}
            spec: {ratioMetric: {zzz: 1, raw: {}}}
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: fast}
            spec:
              zzz: 1
              alertWhenBreaching: true
              conditions: [{zzz: 1, conditionRef: fast-burn}]
              notificationTargets: [{zzz: 1, targetRef: on-call}]
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast-burn}
            spec: {zzz: 1, severity: page, condition: {zzz: 1, threshold: 2, lookbackWindow: 1h}}
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: {name: on-call}
            spec: {zzz: 1, target: pager}
            ---
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: main}
            spec: {zzz: 1, type: Prometheus, connectionDetails: {url: "http://127.0.0.1:9090"}}
            """;

    @TempDir
    private Path path;

    private final Page page = Page.of("docs/openslo.md");

    @Test
    void theExampleIsReadAsThePageSays() {
        AnalysisConfiguration example = parsedExample();
        assertEquals(
                List.of(0.999, 0.95),
                example.services().get("checkout").objectives().stream()
                        .map(Objective::target)
                        .toList());
        BudgetedSlo monthly = example.slos().getFirst();
        Instant now = Instant.parse("2026-07-14T12:00:00Z");
        assertEquals(Instant.parse("2026-06-30T22:00:00Z"), monthly.period().startOf(now));
        assertEquals(
                new BurnRateRows(List.of(
                        new BurnRateRow(PAGE, Duration.ofHours(1), Duration.ofMinutes(5), 14.4, Duration.ofMinutes(2)),
                        new BurnRateRow(TICKET, Duration.ofDays(3), Duration.ofHours(6), 1))),
                monthly.ownRows());
        assertEquals(
                new BudgetingMethod.Timeslices(0.95, Duration.ofMinutes(1)),
                example.slos().getLast().budgetingMethod());
    }

    @Test
    void everyFieldThatIsKnownIsInTheTable() {
        Folder folder = new Folder(path);
        folder.write("asking.yaml", ASKING);
        List<String> lists = folder.faults().stream()
                .map(LEGAL::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .toList();
        assertEquals(ASKING.split("zzz", -1).length - 1, lists.size(), lists::toString);
        String table = page.text()
                .substring(page.text().indexOf("## Every field"), page.text().indexOf("## Calendar periods"));
        lists.stream()
                .flatMap(list -> Pattern.compile(", ").splitAsStream(list))
                .distinct()
                .forEach(field -> assertTrue(
                        Pattern.compile("[`. {]" + field + "\\b").matcher(table).find(), field));
    }

    private AnalysisConfiguration parsedExample() {
        Folder folder = new Folder(path);
        folder.write("docs.yaml", page.blocks("yaml").getFirst());
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return configuration;
    }
}
