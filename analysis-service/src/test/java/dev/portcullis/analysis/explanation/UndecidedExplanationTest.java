package dev.portcullis.analysis.explanation;

import static dev.portcullis.analysis.explanation.ScriptedRun.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.slo.BaselineChoice;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told while nothing is decided, and when nothing was. */
final class UndecidedExplanationTest {
    @Test
    void withoutABaselineThePreviousReleaseIsToldAndSaidToDecideNothing() {
        var previous = new PreviousRelease(
                new UUID(0, 3),
                "5b6f4",
                Instant.parse("2026-02-27T08:00:00Z"),
                Map.of("availability", new Counts(12, 40_000)));
        var told = ScriptedRun.after(previous);
        told.poll(0, 0, 0, 0).poll(2, 3_000, 0, 0);
        assertContains(
                " No pods of the same time are compared: the SLO alone decides. For comparison only, the previous release"
                        + " (canary 5b6f4, measured until 2026-02-27T08:00:00Z): availability: 12 of 40,000 requests failed"
                        + " (0.03 %).",
                told.text());
    }

    @Test
    void aNamedSetIsCalledByItsName() {
        var told = ScriptedRun.against(BaselineChoice.namedSet("role", "twin"), "twin");
        told.poll(0, 0, 0, 0).poll(2, 3_000, 1, 27_000);
        assertContains("; baseline role=twin in the same minutes: 1 of 27,000 (0.0037 %).", told.text());
    }

    @Test
    void anUndecidedCanaryIsToldWithBothKindsOfEvidenceAndAForecast() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 1_400, 6, 14_000);
        }
        assertEquals(
                "Not decided after 1 min (4 windows). Canary: 0 of 5,600 requests failed (0 %); stable version in the same"
                        + " minutes: 24 of 56,000 (0.043 %). Evidence against the canary 0.73 : 1 (fails at 100 : 1), that it is"
                        + " good enough 2.6 : 1 (passes at 20 : 1). If it goes on like this, a PASS takes about 3 minutes more.",
                told.text());
    }

    @Test
    void aForecastBeyondTheDeadlineSaysSo() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(1, 1_400, 6, 14_000);
        }
        assertContains("a PASS takes about 13 minutes more, which is after the deadline.", told.text());
    }

    @Test
    void tooLittleTrafficIsSaidFromTheFirstWindowOn() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 700, 3, 7_000);
        }
        assertContains(
                "With this traffic a PASS cannot be reached before the deadline: availability against the stable version takes"
                        + " about 12,000 without any error, and 11,000 will have come. More traffic, a measured cluster size or"
                        + " a later deadline help.",
                told.text());
    }

    @Test
    void aCanaryOnItsWayToAFailIsToldWhen() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 3; i++) {
            told.poll(3, 700, 3, 7_000);
        }
        assertContains("If it goes on like this, the canary fails in about 3 minutes.", told.text());
    }

    @Test
    void theDeadlineIsToldWithoutBlameAndWithWhatWasMissing() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 16; i++) {
            told.poll(0, 10, 0, 90);
        }
        assertEquals(
                "The deadline of 4 min passed undecided (16 windows). Canary: 0 of 160 requests failed (0 %); stable version"
                        + " in the same minutes: 0 of 1,440 (0 %). Too few requests (160) to show that it is good enough:"
                        + " availability against the stable version takes about 5,100 without any error. Nothing speaks against the canary (evidence 0.36 : 1).",
                told.text());
    }

    @Test
    void aCanaryBetweenItsLimitsIsToldToBe() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 16; i++) {
            told.poll(6, 3_000, 27, 27_000);
        }
        assertContains(
                "There was too little evidence that it is good enough: availability against the stable version reached",
                told.text());
    }

    @Test
    void noRequestsAreToldAsNoData() {
        var told = ScriptedRun.availability().poll(0, 0, 5, 900);
        assertEquals(
                "Not decided after 15 s: the metrics source answers, but the canary 'new' has served no request since the"
                        + " analysis began.",
                told.text());
    }

    @Test
    void anUnreachableSourceIsToldWithItsReasonAndSaysNothingAboutTheCanary() {
        var told = ScriptedRun.availability().poll(0, 10, 5, 900);
        told.take(new CounterReading.Unreachable("source 'prometheus': connection refused"));
        assertEquals(
                "Cannot measure at the moment: source 'prometheus': connection refused. That says nothing about the canary;"
                        + " the next successful reading goes on from here. Not decided after 30 s (1 window).",
                told.text());
    }

    @Test
    void aCancelledAnalysisIsToldWithTheReason() {
        var told = ScriptedRun.availability();
        told.run = told.run.cancelled("superseded by revision 8", ScriptedRun.BEGIN.plusSeconds(75));
        assertEquals(
                "Cancelled after 1 min 15 s (0 windows): superseded by revision 8. The verdict then was CONTINUE.",
                told.text());
    }
}
