package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.metric.Histograms.both;
import static dev.portcullis.analysis.metric.Histograms.buckets;
import static dev.portcullis.analysis.metric.Histograms.classic;
import static dev.portcullis.analysis.metric.Histograms.observed;
import static dev.portcullis.analysis.metric.Histograms.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.PodHistograms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramFoldTest {
    private static final String SLO = "latency";
    private static final FoldRules RULES = new FoldRules(Map.of(SLO, 0.3), true, Duration.ZERO, Instant.MAX);
    private static final PodHistograms STABLE = classic(0.1, 800, 0.25, 990, 0.5, 1000, 1000);

    private CounterState state = CounterState.NONE;
    private CounterFold folded;

    @Test
    void requestsAreCutAtEveryChosenBoundary() {
        fold(both(classic(0.1, 10, 0.25, 10, 0.5, 10, 10), STABLE));
        assertEquals(
                new Buckets(List.of(0.1, 0.25, 0.5), 2, 1, List.of(0, 1, 2)),
                state.buckets().get(SLO));
        assertEquals(List.of(none(), none(), none()), canary());
        fold(both(classic(0.1, 50, 0.25, 85, 0.5, 97, 110), classic(0.1, 1600, 0.25, 1980, 0.5, 1999, 2000)));
        assertEquals(List.of(bad(60, 100), bad(25, 100), bad(13, 100)), canary());
        assertEquals(List.of(bad(200, 1000), bad(10, 1000), bad(1, 1000)), baseline());
        assertEquals(Map.of("c", bad(13, 100)), folded.canaryPods().get(SLO));
    }

    @Test
    void aBucketThatFallsIsARestartOfTheWholeHistogramOfThatPod() {
        fold(both(pod(buckets(0.1, 90, 0.25, 95, 0.5, 99, 100), buckets(0.1, 5, 0.25, 5, 0.5, 5, 5)), STABLE));
        // A new process, of both of its series.
        fold(both(pod(buckets(0.1, 10, 0.25, 15, 0.5, 19, 20), buckets(0.1, 6, 0.25, 6, 0.5, 6, 6)), STABLE));
        assertEquals(List.of(bad(10, 26), bad(5, 26), bad(1, 26)), canary());
        assertEquals(List.of(none(), none(), none()), baseline());
    }

    @Test
    void aBucketThatFallsWhileTheTotalOfItsPodRisesIsNoRestart() {
        fold(both(pod(buckets(0.1, 90, 0.25, 95, 0.5, 99, 100)), STABLE));
        List<String> doubts = faults(both(pod(buckets(0.1, 10, 0.25, 95, 0.5, 99, 120)), STABLE));
        assertTrue(
                doubts.getFirst().contains("fell from 90 to 10, while the total of its pod rose from 100 to 120"),
                doubts::toString);
    }

    @Test
    void aSeriesThatAppearsInAKnownPodCountsFromZeroAtEveryCut() {
        fold(both(pod(buckets(0.1, 90, 0.25, 95, 0.5, 99, 100)), STABLE));
        fold(both(pod(buckets(0.1, 90, 0.25, 95, 0.5, 99, 101), buckets(0.1, 1, 0.25, 2, 0.5, 3, 4)), STABLE));
        assertEquals(List.of(bad(4, 5), bad(3, 5), bad(2, 5)), canary());
    }

    @Test
    void aPodThatVanishesIsCaughtUpWithWhenItReturns() {
        fold(both(classic(0.1, 10, 0.25, 10, 0.5, 10, 10), STABLE));
        fold(new ObjectiveHistograms(Map.of(), Map.of("b", STABLE)));
        assertEquals(List.of(none(), none(), none()), canary());
        assertEquals(List.of(), folded.faults());
        fold(both(classic(0.1, 15, 0.25, 16, 0.5, 17, 20), STABLE));
        assertEquals(List.of(bad(5, 10), bad(4, 10), bad(3, 10)), canary());
    }

    @Test
    void bucketsReadBeforeTheirTotalNeitherHideNorInventASlowRequest() {
        fold(both(classic(0.1, 10, 0.25, 10, 0.5, 10, 10), STABLE));
        fold(both(classic(0.1, 14, 0.25, 15, 0.5, 15, 12), STABLE));
        assertEquals(List.of(bad(0, 2), bad(0, 2), bad(0, 2)), canary());
        fold(both(classic(0.1, 14, 0.25, 15, 0.5, 15, 16), STABLE));
        assertEquals(List.of(bad(2, 4), bad(1, 4), bad(1, 4)), canary());
    }

    @Test
    void aPodOfEitherArmThatLacksAChosenBoundaryIsAFault() {
        fold(both(classic(0.1, 10, 0.25, 10, 0.5, 10, 10), STABLE));
        PodHistograms odd = classic(0.1, 0, 0.3, 0, 0.5, 0, 0);
        PodHistograms whole = classic(0.1, 11, 0.25, 11, 0.5, 11, 11);
        String fault =
                "objective 'latency': the histogram of pod odd lacks the bucket boundary 0.25; those chosen when the"
                        + " analysis began are [0.1, 0.25, 0.5], and a new analysis chooses anew";
        assertEquals(
                List.of(fault), faults(new ObjectiveHistograms(Map.of("c", whole, "odd", odd), Map.of("b", STABLE))));
        assertEquals(
                List.of(fault), faults(new ObjectiveHistograms(Map.of("c", whole), Map.of("b", STABLE, "odd", odd))));
        fold(both(classic(0.1, 12, 0.25, 12, 0.5, 12, 13), STABLE));
        assertEquals(List.of(bad(1, 3), bad(1, 3), bad(1, 3)), canary());
    }

    @Test
    void whatCannotBeChosenYetIsNotCountedAndSaidSo() {
        fold(new ObjectiveHistograms(Map.of(), Map.of("b", STABLE)));
        assertEquals(Map.of(), folded.increments());
        assertEquals(
                List.of("objective 'latency' is not counted yet: no histogram of the canary has been seen yet"),
                folded.notes());
        fold(both(classic(0.1, 1, 0.25, 1, 0.5, 1, 1), STABLE));
        assertEquals(List.of(none(), none(), none()), canary());
        fold(both(classic(0.1, 1, 0.25, 1, 0.5, 2, 2), STABLE));
        assertEquals(List.of(bad(1, 1), bad(1, 1), bad(0, 1)), canary());
    }

    @Test
    void aThresholdThatNoBucketEnclosesIsAFault() {
        CounterFold faulty =
                CounterFold.fold(state, reading(both(classic(0.1, 0, 0), classic(0.1, 0, 0))), RULES, Instant.EPOCH);
        assertEquals(
                List.of("objective 'latency': the threshold 0.3 is outside the bucket boundaries that all pods have,"
                        + " 0.1 to 0.1"),
                faulty.faults());
        assertEquals(Map.of(), faulty.state().buckets());
    }

    @Test
    void aNativeHistogramThatLosesResolutionGoesOnBeingCounted() {
        fold(both(pod(observed(5, 0.2, 10, 0.31, 1)), pod(observed(5, 0.1, 9000, 0.31, 10))));
        fold(both(pod(observed(4, 0.2, 15, 0.31, 2, 4, 3)), pod(observed(4, 0.1, 9009, 0.31, 10))));
        Buckets chosen = state.buckets().get(SLO);
        assertEquals(bad(3, 9), canary().get(chosen.fail()));
        assertEquals(bad(4, 9), canary().get(chosen.pass()));
        fold(both(pod(observed(3, 0.2, 16, 0.31, 2, 4, 4)), pod(observed(3, 0.1, 9009, 0.31, 11))));
        assertEquals(bad(1, 2), canary().get(chosen.fail()));
        assertEquals(bad(1, 1), baseline().get(chosen.pass()));
        assertTrue(folded.notes().isEmpty());
    }

    @Test
    void aNativeHistogramThatIsStartedAnewForItsResolutionIsARestart() {
        fold(both(pod(observed(3, 0.2, 100, 0.31, 7)), pod(observed(3, 0.1, 9000, 0.31, 10))));
        fold(both(pod(observed(5, 0.2, 3, 4, 1)), pod(observed(3, 0.1, 9000, 0.31, 10))));
        assertEquals(bad(1, 4), canary().get(state.buckets().get(SLO).fail()));
    }

    @Test
    void aNativeHistogramCoarserThanTheChosenBoundariesIsLeftOut() {
        fold(both(pod(observed(3, 0.2, 100, 0.31, 7)), pod(observed(3, 0.1, 9000, 0.31, 10))));
        CounterFold coarse = CounterFold.fold(
                state,
                reading(both(pod(observed(0, 0.2, 100, 0.31, 8)), pod(observed(3, 0.1, 9000, 0.31, 10)))),
                RULES,
                Instant.EPOCH);
        assertFalse(coarse.faults().isEmpty());
    }

    private List<String> faults(ObjectiveHistograms seen) {
        return CounterFold.fold(state, reading(seen), RULES, Instant.EPOCH).faults();
    }

    private void fold(ObjectiveHistograms seen) {
        folded = CounterFold.fold(state, reading(seen), RULES, Instant.EPOCH);
        assertEquals(List.of(), folded.faults());
        state = folded.state();
    }

    private static CounterReading.Counters reading(ObjectiveHistograms seen) {
        return new CounterReading.Counters(Map.of(SLO, seen));
    }

    private List<Counts> canary() {
        return folded.increments().get(SLO).cuts().stream()
                .map(cut -> cut.canary())
                .toList();
    }

    private List<Counts> baseline() {
        return folded.increments().get(SLO).cuts().stream()
                .map(cut -> cut.baseline())
                .toList();
    }

    private static Counts bad(double bad, double total) {
        return new Counts(bad, total);
    }

    private static Counts none() {
        return Counts.NONE;
    }
}
