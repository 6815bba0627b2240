package dev.portcullis.gate.console.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.evidence.Evidence;
import dev.portcullis.gate.evidence.Forecast;
import dev.portcullis.gate.evidence.PreviousRelease;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.evidence.TrafficShortage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReleaseEvidenceTest {
    @Test
    void theWorstObjectiveComesFirst() {
        var sample = SampleDetail.availability();
        sample.objectives.add(SampleDetail.objective("fine", 0.0001, 0.0001));
        sample.objectives.add(SampleDetail.objective("shown", 0.9, 0.001, 0, Set.of()));
        sample.objectives.add(SampleDetail.objective("culprit", 0.02, 0.001, 1, Set.of(TestKind.SLO)));
        assertEquals(List.of("culprit", "checkout-availability", "fine", "shown"), slos(sample));
    }

    @Test
    void aTileSaysWhatWasCountedAndWithinWhichBounds() {
        var tile = evidence(SampleDetail.availability()).tiles().getFirst();
        assertEquals(
                "Canary: 72 of 18,000 requests bad (0.4 %). Stable version: 180 of 180,000 requests bad (0.1 %). Limit: 0.5 %.",
                tile.summary());
        assertEquals(ObjectiveTile.Standing.OPEN, tile.standing());
        assertEquals(
                "4× counted, between 2.8× and 5.6×; tolerated 5×.",
                tile.intervals().getFirst().text());
        assertEquals(
                "4× counted, between 2.4× and 6.8×; tolerated 2.5×.",
                tile.intervals().get(1).text());
        assertEquals("1 of 3 pods had bad requests.", tile.podSummary());
        assertEquals(1, tile.pods().size());
        assertEquals("1.2 %", tile.pods().getFirst().ratio());
    }

    @Test
    void bandsAreOfWhatTheSentenceIsAbout() {
        var sample = SampleDetail.availability();
        sample.objectives.add(SampleDetail.objective("other", 0.0001, 0.0001));
        sample.subject = "other";
        var evidence = evidence(sample);
        assertTrue(evidence.bands().orElseThrow().heading().startsWith("other: "));
        assertEquals(30, evidence.bands().orElseThrow().numbers().rows().size());
        assertEquals(
                "18,000 requests of the canary, 9.1 % of all",
                evidence.share().orElseThrow().text());
    }

    @Test
    void beforeTheFirstWindowThereIsNoChart() {
        var sample = SampleDetail.availability();
        sample.windows = 0;
        sample.forecast = Optional.empty();
        var evidence = evidence(sample);
        assertEquals(Optional.empty(), evidence.bands());
        assertEquals(Optional.empty(), evidence.odds());
        assertEquals(
                "Abort, at 100 : 1: not foreseen while there is no pace to go by.",
                evidence.outlook().getFirst());
    }

    @Test
    void whatWouldChangeItIsToldInTimeWindowsAndRequests() {
        assertEquals(
                List.of(
                        "Abort, at 100 : 1: if it goes on as in the last 10 windows, in about 3 min 45 s (8 windows, about 20 more bad requests of checkout-availability).",
                        "Promote, at 20 : 1: if it goes on as in the last 10 windows, in about 6 min (12 windows, about 7,200 more requests of checkout-availability).",
                        "Undecided at its deadline, 1 Dec 11:00 UTC, the analysis ends as INCONCLUSIVE, which says nothing against the canary."),
                evidence(SampleDetail.availability()).outlook());
    }

    @Test
    void evidenceThatDoesNotGrowIsSaidSo() {
        var sample = SampleDetail.availability();
        sample.forecast = Optional.of(new Forecast(1, Optional.empty(), Optional.empty()));
        var outlook = evidence(sample).outlook();
        assertEquals(
                "Abort, at 100 : 1: in the last 1 window the evidence against the canary did not grow.",
                outlook.get(0));
        assertEquals(
                "Promote, at 20 : 1: in the last 1 window the evidence for the canary did not grow.", outlook.get(1));
    }

    @Test
    void tooLittleTrafficIsToldInRequests() {
        var sample = SampleDetail.availability();
        sample.shortage =
                Optional.of(new TrafficShortage("checkout-availability", true, OptionalDouble.of(48_123), 20_987));
        assertEquals(
                "Promote, at 20 : 1: the traffic is too little; checkout-availability, beside the stable version, needs about 48,000 canary requests of which none fails, and about 21,000 come before the deadline.",
                evidence(sample).outlook().get(1));
        sample.shortage =
                Optional.of(new TrafficShortage("checkout-availability", false, OptionalDouble.empty(), 20_987));
        assertEquals(
                "Promote, at 20 : 1: the traffic is too little; checkout-availability cannot be shown to be good enough by any number of requests.",
                evidence(sample).outlook().get(1));
    }

    @Test
    void whatKeepsAPromotionAwayIsTold() {
        var sample = SampleDetail.availability();
        sample.evidence = new Evidence(Math.log(11), Math.log(30), Math.log(100), Math.log(20));
        assertEquals(
                "Promote, at 20 : 1: not while the evidence against the canary is 10 : 1 or more.",
                evidence(sample).outlook().get(1));
        sample.evidence = new Evidence(Math.log(2), Math.log(30), Math.log(100), Math.log(20));
        assertEquals(
                "Promote, at 20 : 1: the evidence is there; what is still missing is the bake time.",
                evidence(sample).outlook().get(1));
    }

    @Test
    void whatHasEndedIsNotForeseen() {
        var sample = SampleDetail.availability();
        sample.state = AnalysisState.CONCLUDED;
        sample.verdict = Verdict.FAIL;
        assertEquals(
                List.of("A FAIL is final for this release; another run of it, or a new release, is judged anew."),
                evidence(sample).outlook());
        sample.verdict = Verdict.INCONCLUSIVE;
        assertEquals(1, evidence(sample).outlook().size());
        sample.state = AnalysisState.RUNNING;
        sample.verdict = Verdict.PASS;
        assertEquals(1, evidence(sample).outlook().size(), "only what could still abort it");
    }

    @Test
    void withAScoreTheEvidenceDecidesNothing() {
        var sample = SampleDetail.availability();
        sample.judge = Judge.MANN_WHITNEY;
        var evidence = evidence(sample);
        assertEquals(
                "The score of this policy's judge decides; the evidence is shown for comparison.",
                evidence.odds().orElseThrow().caption());
        assertFalse(evidence.outlook().getFirst().contains("Abort"));
    }

    @Test
    void whatCannotBeMeasuredIsSaidSoWhileItRuns() {
        var sample = SampleDetail.availability();
        sample.measuring = MeasuringState.UNREACHABLE;
        sample.measuringDetail = "prometheus answered 503";
        assertEquals(
                "The canary is not measured at present: prometheus answered 503",
                evidence(sample).warning());
        sample.state = AnalysisState.CONCLUDED;
        assertEquals("", evidence(sample).warning());
    }

    @Test
    void theReleaseBeforeIsToldWhereItStandsInForABaseline() {
        var sample = SampleDetail.availability();
        sample.previous = Optional.of(new PreviousRelease(
                "analyses/x",
                "5b6f4",
                SampleDetail.BEGIN,
                List.of(new PreviousRelease.PreviousObjective("checkout-availability", new RequestCount(12, 24_000)))));
        assertEquals(
                List.of(
                        "checkout-availability: 12 of 24,000 requests bad (0.05 %), canary '5b6f4', until 1 Dec 10:00 UTC"),
                evidence(sample).previous());
    }

    @Test
    void theOddsSayWhatTheThresholdMeans() {
        assertEquals(
                "A canary within its limits is ever aborted with a probability of 1 % at most, however often one looks.",
                evidence(SampleDetail.availability()).odds().orElseThrow().caption());
        assertEquals(
                Duration.ofSeconds(30), SampleDetail.availability().detail().window());
    }

    private static ReleaseEvidence evidence(SampleDetail sample) {
        return ReleaseEvidence.of(sample.detail());
    }

    private static List<String> slos(SampleDetail sample) {
        return evidence(sample).tiles().stream().map(ObjectiveTile::slo).toList();
    }
}
