package dev.portcullis.analysis.explanation;

import static dev.portcullis.analysis.explanation.ScriptedRun.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.Provenance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of a canary that is bad, or would be if the stable version were not. */
final class FailExplanationTest {
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
        var told = ScriptedRun.latency();
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
}
