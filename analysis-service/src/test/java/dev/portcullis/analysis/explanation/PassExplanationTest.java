package dev.portcullis.analysis.explanation;

import static dev.portcullis.analysis.explanation.ScriptedRun.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import org.junit.jupiter.api.Test;

/** What is told of a canary that is good enough. */
final class PassExplanationTest {
    private static final double[] USUAL = {5_000, 9_800, 9_950, 9_990, 10_000};

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
        var told = ScriptedRun.latency();
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
    void aPassThatWaitsForTheBakeTimeIsSaidToWait() {
        var told = ScriptedRun.availability().poll(0, 50_000, 3, 450_000).poll(0, 50_000, 3, 450_000);
        assertContains(
                "That suffices for a PASS, which is given when the canary has served requests for the bake time of 45 s;"
                        + " 15 s of it are left.",
                told.text());
    }
}
