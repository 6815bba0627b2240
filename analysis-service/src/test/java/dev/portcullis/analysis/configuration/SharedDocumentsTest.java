package dev.portcullis.analysis.configuration;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static dev.portcullis.analysis.budget.AlertSeverity.TICKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services, SLIs, alert policies and conditions that an SLO refers to, or holds itself. */
final class SharedDocumentsTest {
    private static final BurnRateRow FAST =
            new BurnRateRow(PAGE, Duration.ofHours(1), Duration.ofMinutes(5), 14.4, Duration.ofMinutes(2));
    private static final String REFERRED = "alertPolicies: [{alertPolicyRef: fast}]";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @Test
    void anSloIsMadeOfTheDocumentsItNames() {
        folder.write("a.yaml", SharedDocuments.all());
        BudgetedSlo slo = parsed().slos().getFirst();
        assertEquals(
                new RatioIndicator(
                        "default-prometheus",
                        null,
                        "http_requests_total{service=\"checkout\",code=~\"5..\"}",
                        "http_requests_total{service=\"checkout\"}"),
                slo.indicator());
        assertEquals(new BurnRateRows(List.of(FAST)), slo.ownRows());
        assertEquals(slo.ownRows(), slo.rowsOr(BurnRatePreset.WORKBOOK));
    }

    @Test
    void aThresholdBelongsToTheSloAndTheHistogramToTheSli() {
        String slo = Folder.LATENCY.substring(0, Folder.LATENCY.indexOf("  indicator:"))
                + "  indicatorRef: duration\n  objectives: [{op: lte, value: 0.3, target: 0.99}]\n";
        String other = slo.replace("checkout-latency", "checkout-fast").replace("0.3", "0.1");
        folder.write("a.yaml", SharedDocuments.LATENCY_SLI, slo, other);
        assertEquals(
                List.of(0.1, 0.3),
                parsed().slos().stream()
                        .map(BudgetedSlo::indicator)
                        .map(indicator -> ((LatencyIndicator) indicator).threshold())
                        .toList());
    }

    @Test
    void policiesAndConditionsCanBeWrittenOut() {
        String inline = """
                alertPolicies:
                    - kind: AlertPolicy
                      metadata: {name: own}
                      spec:
                        alertWhenBreaching: true
                        alertWhenNoData: true
                        conditions:
                          - kind: AlertCondition
                            metadata: {name: slow-burn}
                            spec: {severity: ticket, condition: {threshold: 1, lookbackWindow: 3d}}
                        notificationTargets:
                          - {kind: AlertNotificationTarget, metadata: {name: mail}, spec: {target: email}}
                    - alertPolicyRef: fast""";
        folder.write(
                "a.yaml",
                SharedDocuments.SLO.replace(REFERRED, inline),
                SharedDocuments.SLI,
                SharedDocuments.ALERT_POLICY,
                SharedDocuments.CONDITION,
                SharedDocuments.TARGET);
        var slow = new BurnRateRow(TICKET, Duration.ofDays(3), Duration.ofHours(6), 1);
        assertEquals(
                new BurnRateRows(List.of(slow, FAST)),
                parsed().slos().getFirst().ownRows());
    }

    @Test
    void withoutPoliciesTheRowsAreThoseThatWereChosen() {
        folder.write("a.yaml", SharedDocuments.SLO.replace(REFERRED, "alertPolicies: []"), SharedDocuments.SLI);
        BudgetedSlo slo = parsed().slos().getFirst();
        assertNull(slo.ownRows());
        assertEquals(BurnRatePreset.PYRRA, slo.rowsOr(BurnRatePreset.PYRRA));
    }

    @Test
    void documentsThatNobodyNamesAreLegal() {
        folder.write("a.yaml", SharedDocuments.SERVICE, SharedDocuments.TARGET, SharedDocuments.CONDITION, """
                apiVersion: openslo/v1
                kind: Service
                metadata: {name: cart}
                """);
        assertEquals(List.of(), parsed().slos());
    }

    @ParameterizedTest
    @CsvSource({"1m, PT1M", "5, PT5M", "1h, PT1H", "1440, PT24H"})
    void anSloOfTimeSlicesHoldsACanaryAgainstTheTargetOfASlice(String window, Duration length) {
        String slices = "objectives: [{target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: " + window + "}]";
        folder.write(
                "a.yaml",
                Folder.SLO.replace("Occurrences", "Timeslices").replace("objectives: [{target: 0.999}]", slices),
                Folder.POLICY);
        AnalysisConfiguration configuration = parsed();
        BudgetedSlo slo = configuration.slos().getFirst();
        assertEquals(new BudgetingMethod.Timeslices(0.95, length), slo.budgetingMethod());
        assertEquals(0.01, slo.budget().ratio());
        assertEquals(
                0.95,
                configuration.services().get("checkout").objectives().getFirst().target());
    }

    private AnalysisConfiguration parsed() {
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return configuration;
    }
}
