package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.Counted;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Rhythm;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final AnalysisSettings SETTINGS = AnalysisSettings.DEFAULT.withRhythm(new Rhythm(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Provenance.POLICY,
            Duration.ofMinutes(4),
            Duration.ofSeconds(45),
            Duration.ZERO));

    private final List<Window> windows = new ArrayList<>();
    private AnalysisRun run = begin("old");
    private int polls;
    private double canaryBad;
    private double canaryTotal;
    private double baselineBad;
    private double baselineTotal;

    private static AnalysisRun begin(@Nullable String baseline) {
        var objective = new Objective(
                "availability", 0.999, Severity.CRITICAL, new RatioIndicator("prometheus", null, "bad", "all"));
        var objectives = new ServiceObjectives("checkout", "hash", List.of(objective), SETTINGS);
        return AnalysisRun.begin(new UUID(0, 7), new RunPlan(objectives, new Arms("hash", "new", baseline), BEGIN, ""));
    }

    private void poll(double bad, double total, double ofBaseline, double totalOfBaseline) {
        canaryBad += bad;
        canaryTotal += total;
        baselineBad += ofBaseline;
        baselineTotal += totalOfBaseline;
        take(new MeterReading.Counters(Map.of(
                "availability",
                new ObjectiveCounters(
                        Counted.BAD,
                        Map.of("a", pod(canaryBad, canaryTotal)),
                        Map.of("b", pod(baselineBad, baselineTotal))))));
    }

    private void take(MeterReading reading) {
        var poll = Poll.of(run, reading, BEGIN.plusSeconds(15L * polls), () -> windows);
        polls++;
        run = poll.run();
        if (poll.closed() != null) {
            windows.add(poll.closed());
        }
    }

    private static PodCounters pod(double bad, double total) {
        return PodCounters.ofRatio(Map.of("{}", bad), Map.of("{}", total));
    }

    @Test
    void aBadCanaryIsToldWithItsNumbersAndWhatDecidedIt() {
        poll(0, 0, 0, 0);
        while (run.isRunning()) {
            poll(20, 3_000, 10, 27_000);
        }
        assertEquals(
                "Bad after 1 min 30 s (6 windows): availability, canary 120 of 18,000 requests bad (0.67 %), baseline 60 of"
                        + " 162,000 requests bad (0.037 %). Decided by availability against the baseline. Within its limits, a"
                        + " canary would show evidence this strong in at most 1 of 180 releases, however often one looks; the"
                        + " limit is 1 in 100.",
                Explanation.of(run));
    }

    @Test
    void aTestThatDecidedAloneIsNamed() {
        poll(0, 0, 0, 0);
        poll(3_000, 3_000, 10, 27_000);
        poll(3_000, 3_000, 10, 27_000);
        assertTrue(
                Explanation.of(run).contains("Decided by availability against its SLO. Within"), Explanation.of(run));
    }

    @Test
    void aGoodCanaryIsToldWithTheAssumptionItRestsOn() {
        poll(0, 0, 0, 0);
        for (var i = 0; i < 4; i++) {
            poll(1, 50_000, 450, 450_000);
        }
        assertTrue(
                Explanation.of(run)
                        .startsWith(
                                "Good enough after 1 min (4 windows): availability, canary 4 of 200,000 requests bad"
                                        + " (0.002 %), baseline 1,800 of 1,800,000 requests bad (0.1 %). That the canary is within"
                                        + " every tolerated limit has evidence "),
                Explanation.of(run));
        assertTrue(Explanation.of(run).endsWith(" (needed 20 : 1), with errors in groups of at most 5."));
    }

    @Test
    void anUndecidedCanaryIsToldWithBothKindsOfEvidence() {
        run = begin(null);
        poll(0, 0, 0, 0);
        poll(0, 100, 0, 0);
        assertEquals(
                "Not decided after 15 s (1 window): availability, canary 0 of 100 requests bad (0 %). Evidence against the"
                        + " canary 0.88 : 1 (fails at 100 : 1), that it is good enough 1 : 1 (passes at 20 : 1).",
                Explanation.of(run));
    }

    @Test
    void theDeadlineIsToldWithoutBlame() {
        poll(0, 0, 0, 0);
        for (var i = 0; i < 16; i++) {
            poll(0, 10, 0, 90);
        }
        assertTrue(
                Explanation.of(run)
                        .startsWith(
                                "The deadline of 4 min passed undecided (16 windows): availability, canary 0 of 160"
                                        + " requests bad (0 %), baseline 0 of 1,440 requests bad (0 %). Evidence against the canary"),
                Explanation.of(run));
    }

    @Test
    void noRequestsAreToldAsNoData() {
        poll(0, 0, 0, 0);
        poll(0, 0, 5, 900);
        assertEquals(
                "Not decided after 15 s: the metrics source answers, but the canary 'new' has served no request since the"
                        + " analysis began.",
                Explanation.of(run));
    }

    @Test
    void anUnreachableSourceIsToldWithItsReasonAndSaysNothingAboutTheCanary() {
        poll(0, 0, 0, 0);
        poll(0, 10, 5, 900);
        take(new MeterReading.Unreachable("source 'prometheus': connection refused"));
        assertEquals(
                "Cannot measure at the moment: source 'prometheus': connection refused. That says nothing about the canary;"
                        + " the next successful reading goes on from here. Not decided after 30 s (1 window).",
                Explanation.of(run));
    }

    @Test
    void aCancelledAnalysisIsToldWithTheReason() {
        poll(0, 0, 0, 0);
        run = run.cancelled("superseded by revision 8", BEGIN.plusSeconds(75));
        assertEquals(
                "Cancelled after 1 min 15 s (0 windows): superseded by revision 8. The verdict then was CONTINUE.",
                Explanation.of(run));
    }
}
