package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final double[] SLOWER = {500, 930, 990, 999, 1_000};
    private static final double[] USUAL = {5_000, 9_800, 9_950, 9_990, 10_000};

    @Test
    void aBadCanaryIsToldWithItsNumbersItsSizeItsWindowsAndItsPods() {
        var told = ScriptedRun.availability();
        while (told.run.isRunning()) {
            told.serve("b", 10, 1_500).serve("c", 12, 1_500).poll(14, 1_500, 10, 27_000);
        }
        assertEquals(
                "Bad after 1 min 30 s: availability against the stable version. Canary: 194 of 24,000 requests failed"
                        + " (0.81 %); stable version in the same minutes: 60 of 162,000 (0.037 %). The canary fails at least 2"
                        + " times as often as the stable version (99 % sure, at every look). If the canary were within its limit"
                        + " (1.25 x stable + 0.025 %), evidence this strong would turn up in fewer than 1 of 200 releases, however"
                        + " often one looks; the limit is 1 in 100. All 6 windows voted; the worst alone would not have sufficed."
                        + " The errors are spread over 3 of 3 canary pods. Presumed: windows of 15 s are independent of each"
                        + " other, and requests are split between the versions at random.",
                told.text());
    }

    @Test
    void oneSickPodIsNamed() {
        var told = ScriptedRun.availability();
        while (told.run.isRunning()) {
            told.serve("b", 0, 1_500).serve("c", 1, 1_500).poll(40, 1_500, 10, 27_000);
        }
        assertContains("98 % of the errors are in 1 of 3 canary pods: a.", told.text());
    }

    @Test
    void aPodWithMostOfTheTrafficIsNotBlamedForMostOfTheErrors() {
        var told = ScriptedRun.availability();
        while (told.run.isRunning()) {
            told.serve("b", 1, 100).poll(60, 4_000, 10, 27_000);
        }
        assertContains("The errors are spread over 2 of 2 canary pods.", told.text());
    }

    @Test
    void aBreachOfTheSloIsToldByWhatTheSloAllows() {
        var told = new ScriptedRun(ScriptedRun.SETTINGS, null, ScriptedRun.AVAILABILITY);
        told.poll(0, 0, 0, 0);
        while (told.run.isRunning()) {
            told.poll(15, 3_000, 0, 0);
        }
        assertEquals(
                "Bad after 2 min 15 s: availability against its SLO. Canary: 135 of 27,000 requests failed (0.5 %). At least"
                        + " 0.21 % of its requests fail (99 % sure, at every look); the SLO allows 0.1 %. If the canary were within"
                        + " its limit (0.2 %), evidence this strong would turn up in fewer than 1 of 110 releases, however often"
                        + " one looks; the limit is 1 in 100. All 9 windows voted; the worst alone would not have sufficed. The"
                        + " canary has a single pod, so a sick node would look the same. Presumed: windows of 15 s are independent"
                        + " of each other. No pods of the same time are compared: the SLO alone decides. There is no record of a"
                        + " previous release either.",
                told.text());
    }

    @Test
    void aBreachThatTheStableVersionSharesIsSaidToBeHeld() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 8; i++) {
            told.poll(500, 1_000, 4_410, 9_000);
        }
        var held =
                "availability is beyond its SLO (evidence more than 10^12 : 1), but the stable version fails alike (canary"
                        + " 50 %, stable version 49 % since the beginning; limit 0.2 %): held, not aborted. What counts is whether"
                        + " the canary fails more than twice as often, evidence ";
        assertContains(held, told.text());
        while (told.run.isRunning()) {
            told.poll(0, 1_000, 0, 9_000);
        }
        assertContains("The deadline of 4 min passed undecided", told.text());
        assertContains("held, not aborted", told.text());
        assertFalse(told.text().contains("Nothing speaks against"), told.text());
    }

    @Test
    void aCanaryFarWorseThanAStableVersionThatFailsTooIsSaidToBe() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 6; i++) {
            told.poll(100, 20_000, 900, 180_000);
        }
        while (told.run.isRunning()) {
            told.poll(20_000, 20_000, 90, 180_000);
        }
        assertContains("availability against its SLO", told.text());
        assertContains("The stable version fails too; the canary fails more than twice as often.", told.text());
    }

    @Test
    void aCanaryThatIsNoWorseOverTheWholeTimeIsNotSaidToFailTwiceAsOften() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 6; i++) {
            told.poll(100, 2_000, 45_000, 180_000);
        }
        while (told.run.isRunning()) {
            told.poll(2_000, 20_000, 90, 180_000);
        }
        assertEquals(Verdict.FAIL, told.run.status().verdict());
        assertContains(
                "The stable version failed too; at times, though not over the whole time, the canary failed more than"
                        + " twice as often.",
                told.text());
    }

    @Test
    void aPassIsToldWithTheFiguresItRestsOnAndWithWhatHasComeSince() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 3; i++) {
            told.poll(0, 50_000, 3, 450_000);
        }
        assertEquals(Verdict.PASS, told.run.status().verdict());
        assertFalse(told.text().contains("Since then"), told.text());
        told.poll(12_000, 50_000, 3, 450_000);
        assertEquals(Verdict.PASS, told.run.status().verdict());
        assertContains(
                "availability: Canary: 0 of 150,000 requests failed (0 %); stable version in the same minutes: 9 of"
                        + " 1,350,000 (0.00067 %). It was excluded (95 % sure) that it fails more often than",
                told.text());
        assertContains(
                "Since then: 12,000 of 50,000 requests failed (24 %); stable version in the same minutes: 3 of"
                        + " 450,000 (0.00067 %). By now a PASS would not be given. Evidence against the canary ",
                told.text());
    }

    @Test
    void aPassThatGoesOnWellIsStillToldWithBothMoments() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 50_000, 3, 450_000);
        }
        assertContains("Canary: 0 of 150,000 requests failed (0 %)", told.text());
        assertContains("It is excluded (95 % sure) that", told.text());
        assertContains("Since then: 0 of 50,000 requests failed (0 %)", told.text());
        assertFalse(told.text().contains("By now"), told.text());
        told.poll(0, 0, 3, 450_000).poll(0, 0, 3, 450_000).poll(0, 0, 3, 450_000);
        assertContains("The canary has served no request for 45 s.", told.text());
    }

    @Test
    void aBoundAboveWhatTheWholeTimeShowsIsSaidToBeOfSomeOfTheTime() {
        var told = new ScriptedRun(ScriptedRun.SETTINGS, null, ScriptedRun.AVAILABILITY);
        told.poll(0, 0, 0, 0);
        for (int i = 0; i < 6; i++) {
            told.poll(0, 30_000, 0, 0);
        }
        while (told.run.isRunning()) {
            told.poll(18, 18, 0, 0);
        }
        assertContains("requests failed (0.0", told.text());
        assertContains(" At times, though not over the whole time, at least ", told.text());
        assertContains(" of its requests failed (99 % sure, at every look); the SLO allows 0.1 %.", told.text());
    }

    @Test
    void aFactorAboveThatOfTheWholeTimeIsSaidToBeOfSomeOfTheTime() {
        var patient = ScriptedRun.SETTINGS.withRhythm(new AnalysisTiming(
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Provenance.POLICY,
                Duration.ofMinutes(4),
                Duration.ofMinutes(3),
                Duration.ZERO));
        var told = new ScriptedRun(patient, "old", ScriptedRun.AVAILABILITY);
        told.serve("a", 0, 0).serve("stable", 0, 0).poll();
        for (int i = 0; i < 3; i++) {
            told.poll(0, 300_000, 15, 300_000);
        }
        while (told.run.isRunning()) {
            told.poll(6, 3_000, 0, 30_000);
        }
        assertContains("availability against the stable version", told.text());
        assertContains(" At times, though not over the whole time, at least ", told.text());
        assertContains(
                " times as many of its requests failed as of the stable version's (99 % sure, at every look).",
                told.text());
    }

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
    void aNamedSetIsCalledByItsNameInAFailToo() {
        var told = ScriptedRun.against(BaselineChoice.namedSet("role", "twin"), "twin");
        told.serve("a", 0, 0).serve("stable", 0, 0).poll();
        while (told.run.isRunning()) {
            told.serve("b", 10, 1_500).serve("c", 12, 1_500).poll(10, 1_500, 10, 27_000);
        }
        assertContains("first of all availability against the baseline role=twin. ", told.text());
    }

    @Test
    void severalTestsThatDecidedTogetherAreSaidToHave() {
        var told = ScriptedRun.availability();
        while (told.run.isRunning()) {
            told.serve("b", 10, 1_500).serve("c", 12, 1_500).poll(10, 1_500, 10, 27_000);
        }
        assertContains(
                "no test alone decided it, several did together, first of all availability against the stable version. ",
                told.text());
        assertContains("If the canary were within all its limits, ", told.text());
    }

    @Test
    void aSlowCanaryIsToldAtTheBoundaryThatShowsItBest() {
        var told = latency();
        while (told.run.isRunning()) {
            told.serveLatencies("a", SLOWER).serveLatencies("stable", USUAL).poll(0, 1_000, 3, 10_000);
        }
        assertContains(
                "latency against the stable version. Canary: 1,120 of 16,000 requests took longer than 0.25 s (7 %); stable"
                        + " version in the same minutes: 3,200 of 160,000 (2 %). At least 1.9 times as many of its requests take"
                        + " longer than 0.25 s as of the stable version's (99 % sure, at every look). If the canary were within its"
                        + " limit (1.25 x stable + 0.25 %), ",
                told.text());
    }

    @Test
    void aGoodCanaryIsToldWithWhatIsExcludedAndTheAssumptionItRestsOn() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 3; i++) {
            told.poll(1, 50_000, 450, 450_000);
        }
        assertEquals(
                "Good enough after 45 s. availability: Canary: 3 of 150,000 requests failed (0.002 %); stable version in the"
                        + " same minutes: 1,350 of 1,350,000 (0.1 %). It is excluded (95 % sure) that it fails more often than 2 x"
                        + " stable + 0.1 %, and that more than 0.5 % of its requests fail. Presumed: errors come in groups of at"
                        + " most 5 requests (by default, not measured), and requests are split between the versions at random.",
                told.text());
    }

    @Test
    void aGoodCanaryIsToldObjectiveByObjective() {
        var told = latency();
        for (var i = 0; i < 3; i++) {
            told.serveLatencies("a", USUAL).serveLatencies("stable", USUAL).poll(1, 10_000, 3, 10_000);
        }
        assertContains("latency: Canary: 150 of 30,000 requests took longer than 0.5 s (0.5 %)", told.text());
        assertContains(
                "that more of its requests are slow than 2 x stable + 1 %, and that more than 5 % of its requests are slower"
                        + " than the threshold.",
                told.text());
    }

    @Test
    void aMeasuredClusterSizeIsSaidToBe() {
        var settings = ScriptedRun.SETTINGS.withClusterSize(new ClusterSize(3, Provenance.MEASURED));
        var told = new ScriptedRun(settings, "old", ScriptedRun.AVAILABILITY);
        for (var i = 0; i < 5; i++) {
            told.poll(1, 50_000, 450, 450_000);
        }
        assertContains("groups of at most 3 requests (measured on the stable version)", told.text());
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
    void aPassThatWaitsForTheBakeTimeIsSaidToWait() {
        var told = ScriptedRun.availability().poll(0, 50_000, 3, 450_000).poll(0, 50_000, 3, 450_000);
        assertContains(
                "That suffices for a PASS, which is given when the canary has served requests for the bake time of 45 s;"
                        + " 15 s of it are left.",
                told.text());
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

    private static ScriptedRun latency() {
        return new ScriptedRun(ScriptedRun.SETTINGS, "old", ScriptedRun.AVAILABILITY, ScriptedRun.LATENCY)
                .serveLatencies("a")
                .serveLatencies("stable", 50_000, 98_000, 99_500, 99_900, 100_000)
                .poll(0, 0, 0, 0);
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }
}
