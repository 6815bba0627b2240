package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.metric.Histograms.both;
import static dev.portcullis.analysis.metric.Histograms.buckets;
import static dev.portcullis.analysis.metric.Histograms.classic;
import static dev.portcullis.analysis.metric.Histograms.natively;
import static dev.portcullis.analysis.metric.Histograms.observed;
import static dev.portcullis.analysis.metric.Histograms.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.PodHistograms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketChoiceTest {
    /** Of 1,000 past requests: half are slower than 50 ms, 22 slower than 250 ms, none slower than 1 s. */
    private static final PodHistograms STABLE =
            classic(0.01, 0, 0.05, 500, 0.1, 800, 0.25, 978, 0.5, 998, 1, 1000, 2.5, 1000, 10, 1000, 1000);

    private static final PodHistograms NEW = classic(0.01, 0, 0.05, 0, 0.1, 0, 0.25, 0, 0.5, 0, 1, 0, 2.5, 0, 10, 0, 0);

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.25, 0.25",
        "0.3, 0.5, 0.25",
        "0.2500000000001, 0.25, 0.25",
        "0.2499999999999, 0.25, 0.25",
        "0.26, 0.5, 0.25",
        "0.01, 0.01, 0.01",
        "10, 10, 10"
    })
    void failLooksAtTheBoundaryAtOrAboveTheThresholdAndPassAtOrBelow(double threshold, double fail, double pass) {
        Buckets chosen = chosen(both(NEW, STABLE), threshold);
        assertEquals(fail, chosen.boundaries().get(chosen.fail()));
        assertEquals(pass, chosen.boundaries().get(chosen.pass()));
    }

    @Test
    void boundariesThatAtMostHalfExceedAreComparedUpToTheFirstThatNoneExceeds() {
        assertEquals(List.of(0.05, 0.1, 0.25, 0.5, 1.0), compared(chosen(both(NEW, STABLE), 0.3)));
    }

    @Test
    void onlyBoundariesThatAreLookedAtAreKept() {
        assertEquals(
                List.of(0.01, 0.05, 0.1, 0.25, 0.5, 1.0),
                chosen(both(NEW, STABLE), 0.01).boundaries());
        assertEquals(
                List.of(0.05, 0.1, 0.25, 0.5, 1.0),
                chosen(both(NEW, STABLE), 0.3).boundaries());
    }

    @Test
    void withoutAPastTheBoundariesNearTheThresholdAreCompared() {
        PodHistograms fresh = classic(0.01, 99, 0.05, 99, 0.1, 99, 0.25, 99, 0.5, 99, 1, 99, 2.5, 99, 10, 99, 99);
        assertEquals(List.of(0.1, 0.25, 0.5, 1.0), compared(chosen(both(NEW, fresh), 0.3)));
        assertEquals(List.of(2.5), compared(chosen(both(classic(2.5, 0, 20, 0, 0), classic(2.5, 0, 20, 0, 0)), 2.5)));
    }

    @Test
    void whenMoreThanHalfExceedEveryBoundaryTheThresholdIsStillCompared() {
        PodHistograms slow = classic(0.1, 10, 0.5, 20, 1000);
        assertEquals(List.of(0.5), compared(chosen(both(slow, slow), 0.2)));
    }

    @Test
    void severalPodsAndSeriesAreChosenForByWhatTheyHaveInCommon() {
        var canary = Map.of("c1", pod(buckets(0.1, 0, 0.3, 0, 1, 0, 0), buckets(0.1, 0, 0.3, 0, 1, 0, 2, 0, 0)));
        var baseline = Map.of("b1", classic(0.1, 90, 0.3, 99, 1, 100, 100), "b2", classic(0.1, 8, 1, 9, 2, 9, 9));
        assertEquals(
                List.of(0.1, 1.0),
                chosen(new ObjectiveHistograms(canary, baseline), 0.3).boundaries());
    }

    @Test
    void thereIsNothingToChooseBeforeBothArmsAreSeen() {
        assertEquals(
                new BucketChoice.NotYet("no histogram of the canary has been seen yet"),
                BucketChoice.of(new ObjectiveHistograms(Map.of(), Map.of("b", STABLE)), 0.3, true));
        assertEquals(
                new BucketChoice.NotYet("no histogram of the baseline has been seen yet"),
                BucketChoice.of(new ObjectiveHistograms(Map.of("c", NEW), Map.of()), 0.3, true));
    }

    @Test
    void withoutABaselineOnlyTheThresholdMatters() {
        var alone = new ObjectiveHistograms(Map.of("c", NEW), Map.of());
        Buckets chosen = assertInstanceOf(BucketChoice.Chosen.class, BucketChoice.of(alone, 0.3, false))
                .buckets();
        assertEquals(new Buckets(List.of(0.25, 0.5), 1, 0, List.of(1)), chosen);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 10.1})
    void aThresholdOutsideTheBoundariesIsAFault(double threshold) {
        assertEquals(
                new BucketChoice.Impossible("the threshold " + threshold
                        + " is outside the bucket boundaries that all pods have, 0.01 to 10.0"),
                BucketChoice.of(both(NEW, STABLE), threshold, true));
    }

    @Test
    void podsWithoutACommonBoundaryAreAFault() {
        assertEquals(
                new BucketChoice.Impossible(
                        "the threshold 0.3 is outside the bucket boundaries that all pods have, which are none"),
                BucketChoice.of(both(classic(0.3, 0, 0), classic(0.4, 0, 0)), 0.3, true));
    }

    @Test
    void nativeHistogramsShareTheFinestSchemaUpToThree() {
        PodHistograms fine = pod(observed(8, 0.05, 60, 0.2, 40));
        PodHistograms coarse = pod(observed(1, 0.05, 600, 0.2, 400));
        assertEquals(List.of(0.25, StrictMath.pow(2, -1.5)), limits(chosen(both(fine, coarse), 0.3)));
        assertEquals(
                List.of(StrictMath.pow(2, -1.75), StrictMath.pow(2, -1.625)), limits(chosen(both(fine, fine), 0.3)));
    }

    @Test
    void aNativeHistogramThatIsStillEmptyGoesByTheOthers() {
        PodHistograms empty = pod(natively());
        PodHistograms coarse = pod(observed(0, 0.05, 600, 0.2, 400));
        Buckets chosen = chosen(both(empty, coarse), 0.3);
        assertEquals(List.of(0.25, 0.5), limits(chosen));
        assertEquals(List.of(0.0625, 0.125, 0.25), compared(chosen));
        assertEquals(
                new BucketChoice.NotYet(
                        "its native histograms have counted no request yet, which would tell the boundaries"),
                BucketChoice.of(both(empty, empty), 0.3, true));
    }

    @Test
    void classicAndNativePodsMeetWhereTheyCan() {
        PodHistograms canary = pod(observed(3, 0.05, 60, 0.2, 40));
        assertEquals(List.of(0.25, 0.5), limits(chosen(both(canary, STABLE), 0.3)));
    }

    @Test
    void bucketsWithBoundariesOfTheirOwnTellThoseTheyCountedAt() {
        double below = Double.NEGATIVE_INFINITY;
        PodHistograms stable = pod(natively(below, 0.1, 500, 0.1, 0.25, 300, 0.5, 1, 2));
        PodHistograms canary = pod(natively(below, 0.1, 5));
        Buckets chosen = chosen(both(canary, stable), 0.3);
        assertEquals(List.of(0.25, 0.5), limits(chosen));
        assertEquals(List.of(0.1, 0.25, 0.5, 1.0), compared(chosen));
    }

    @Test
    void aThresholdAboveAllThatWasServedIsTakenForABoundaryOfBucketsOfTheirOwn() {
        PodHistograms fast = pod(natively(Double.NEGATIVE_INFINITY, 0.1, 900, 0.1, 0.2, 100));
        assertEquals(List.of(0.3, 0.3), limits(chosen(both(fast, fast), 0.3)));
        PodHistograms across = pod(natively(Double.NEGATIVE_INFINITY, 0.1, 900, 0.1, 5, 100));
        assertEquals(List.of(0.1, 5.0), limits(chosen(both(across, across), 0.3)));
        PodHistograms beyond = pod(natively(Double.NEGATIVE_INFINITY, 0.1, 900, 0.1, Double.POSITIVE_INFINITY, 100));
        assertInstanceOf(BucketChoice.Impossible.class, BucketChoice.of(both(beyond, beyond), 0.3, true));
    }

    private static Buckets chosen(ObjectiveHistograms reading, double threshold) {
        return assertInstanceOf(BucketChoice.Chosen.class, BucketChoice.of(reading, threshold, true))
                .buckets();
    }

    /** The boundary of PASS and that of FAIL. */
    private static List<Double> limits(Buckets chosen) {
        return List.of(
                chosen.boundaries().get(chosen.pass()), chosen.boundaries().get(chosen.fail()));
    }

    private static List<Double> compared(Buckets chosen) {
        return chosen.compared().stream().map(chosen.boundaries()::get).toList();
    }
}
