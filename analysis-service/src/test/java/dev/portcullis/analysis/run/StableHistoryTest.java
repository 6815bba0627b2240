package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StableHistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ERRORS = "errors";

    @Test
    void errorsInGroupsOfThreeAreFoundInTheWindowsOfPastAnalyses() {
        var measured = only(StableHistory.of(past(400, 3), NOW));
        assertEquals(ERRORS, measured.objective());
        assertEquals(400, measured.windows());
        assertTrue(measured.comparesPods());
        assertEquals(3, measured.dispersion(), 0.4);
        assertEquals(Math.ceil(measured.dispersion()), measured.clusterSize());
        assertEquals(Optional.of(Duration.ofSeconds(30)), measured.voteWindow());
    }

    @Test
    void independentErrorsHaveNoSmallerClusterThanOne() {
        var steady = new ArrayList<PastWindow>();
        for (var i = 0; i < 200; i++) {
            steady.add(window(UUID.randomUUID(), 1, 1));
        }
        var measured = only(StableHistory.of(steady, NOW));
        assertEquals(1, measured.dispersion());
        assertEquals(1, measured.clusterSize());
        assertEquals(Optional.empty(), measured.voteWindow(), "windows without neighbours tell no length");
    }

    @Test
    void aSinglePodIsMeasuredByItsCounts() {
        var random = new Random(5);
        var windows = new ArrayList<PastWindow>();
        for (var i = 0; i < 300; i++) {
            var bad = random.doubles(4).filter(x -> x < 0.5).count() * 4.0;
            windows.add(new PastWindow(
                    new UUID(0, 1),
                    Duration.ofSeconds(30),
                    Map.of(ERRORS, Halves.of(Map.of("a", new Counts(bad, 8_000))))));
        }
        var measured = only(StableHistory.of(windows, NOW));
        assertFalse(measured.comparesPods());
        assertEquals(300, measured.windows());
        // groups of four, and a binomial number of them: 4 * 4 * 4 * 1/4 over 8
        assertEquals(2, measured.dispersion(), 0.4);
    }

    @Test
    void tooFewWindowsAreNotUsed() {
        var history = StableHistory.of(past(StableHistory.ENOUGH_WINDOWS - 1, 3), NOW);
        assertFalse(only(history).suffices());
        var wanted = service(new ClusterSize(5, Provenance.NOT_MEASURED_YET), Severity.CRITICAL);
        assertEquals(wanted.settings(), history.applied(wanted));
    }

    @Test
    void aMeasuredClusterSizeIsUsedWhereThePolicyAsksForIt() {
        var history = StableHistory.of(past(400, 3), NOW);
        var measured = only(history).clusterSize();
        var wanted = service(new ClusterSize(5, Provenance.NOT_MEASURED_YET), Severity.CRITICAL);
        assertEquals(
                new ClusterSize(measured, Provenance.MEASURED),
                history.applied(wanted).clusterSize());
        var given = service(new ClusterSize(7, Provenance.POLICY), Severity.CRITICAL);
        assertEquals(given.settings(), history.applied(given));
        var shownOnly = service(new ClusterSize(5, Provenance.NOT_MEASURED_YET), Severity.INFORMATIONAL);
        assertEquals(
                shownOnly.settings(),
                history.applied(shownOnly),
                "an objective that decides nothing counts for nothing");
    }

    @Test
    void aMeasuredWindowIsUsedWhereThePolicyAsksForItAndTheDeadlineHasRoomForTwo() {
        var history = new StableHistory(
                NOW,
                List.of(new StableHistory.MeasuredObjective(
                        ERRORS, 500, 2.5, true, 3, Optional.of(Duration.ofMinutes(2)))));
        assertEquals(
                Duration.ofMinutes(2),
                history.applied(withDeadline(Duration.ofMinutes(60))).timing().window());
        assertEquals(
                AnalysisTiming.DEFAULT.window(),
                history.applied(withDeadline(Duration.ofMinutes(3))).timing().window());
    }

    private static ServiceObjectives withDeadline(Duration deadline) {
        var usual = AnalysisTiming.DEFAULT;
        var timing = new AnalysisTiming(
                usual.poll(), usual.window(), Provenance.NOT_MEASURED_YET, deadline, usual.bake(), usual.warmUp());
        var service = service(ClusterSize.DEFAULT, Severity.CRITICAL);
        return service.withSettings(service.settings().withRhythm(timing));
    }

    private static ServiceObjectives service(ClusterSize size, Severity severity) {
        var errors = new Objective(ERRORS, 0.999, severity, new RatioIndicator("prometheus", null, "bad", "all"));
        var other = new Objective("other", 0.999, Severity.CRITICAL, new RatioIndicator("prometheus", null, "b", "a"));
        return new ServiceObjectives(
                "checkout", "hash", List.of(errors, other), AnalysisSettings.DEFAULT.withClusterSize(size));
    }

    private static StableHistory.MeasuredObjective only(StableHistory history) {
        assertEquals(1, history.objectives().size());
        return history.objectives().getFirst();
    }

    private static List<PastWindow> past(int windows, int group) {
        var random = new Random(11);
        var past = new ArrayList<PastWindow>();
        for (var i = 0; i < windows; i++) {
            var groups = 1 + i % 5;
            var first = random.doubles(groups).filter(x -> x < 0.5).count();
            past.add(window(new UUID(0, i / 100), first * group, (groups - first) * group));
        }
        return past;
    }

    private static PastWindow window(UUID analysis, double first, double second) {
        var halves = new Halves(new Counts(first, 4_000), new Counts(second, 4_000));
        return new PastWindow(analysis, Duration.ofMillis(30_004), Map.of(ERRORS, halves));
    }
}
