package dev.portcullis.analysis.metric;

import static dev.portcullis.analysis.metric.Histograms.natively;
import static dev.portcullis.analysis.metric.Histograms.observed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeHistogramTest {
    private static final double ZERO = 2.938735877055719E-39;

    @ParameterizedTest
    @ValueSource(ints = {-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8})
    void theSchemaIsInferredAndItsBoundariesEncloseTheThreshold(int schema) {
        Histogram histogram = observed(schema, 0.02, 10, 0.27, 5, 0.31, 3, 4, 2);
        assertEquals(schema, Schema.of(((NativeHistogram) histogram).buckets()).orElseThrow());
        SortedSet<Double> boundaries = histogram.boundaries(0.3);
        double above = boundaries.tailSet(0.3).first();
        double below = boundaries.headSet(0.3).last();
        assertTrue(above / below <= Math.pow(2, Math.pow(2, -Math.min(schema, 3))) + 1e-9, below + " " + above);
        assertTrue(boundaries.stream().allMatch(histogram::has), boundaries::toString);
        assertTrue(histogram.upTo(below) <= 15 && histogram.upTo(above) >= 15);
        assertEquals(20, histogram.count());
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 0, 2, 3, 4, 6})
    void theNextSmallerSchemaKeepsEveryBoundaryThatIsItsOwn(int schema) {
        Histogram fine = observed(schema, 0.02, 10, 0.27, 5, 0.31, 3, 4, 2);
        Histogram coarse = observed(schema - 1, 0.02, 10, 0.27, 5, 0.31, 3, 4, 2);
        List<Double> kept = coarse.boundaries(0.3).stream()
                .filter(fine.boundaries(0.3)::contains)
                .toList();
        assertFalse(kept.isEmpty());
        kept.forEach(boundary -> assertEquals(fine.upTo(boundary), coarse.upTo(boundary)));
    }

    @Test
    void chosenBoundariesOutliveALossOfResolutionDownToSchemaThree() {
        SortedSet<Double> chosen = observed(8, 0.02, 10, 0.31, 3).boundaries(0.3);
        for (int schema = 8; schema >= 3; schema--) {
            assertTrue(chosen.stream().allMatch(observed(schema, 0.02, 10, 0.31, 3)::has));
        }
        assertFalse(chosen.stream().allMatch(observed(2, 0.02, 10, 0.31, 3)::has));
    }

    @Test
    void aBoundaryOfAnotherSchemaIsNoneEvenWhereNothingWasCountedYet() {
        Histogram coarse = observed(0, 0.02, 10);
        assertTrue(coarse.has(0.25));
        assertFalse(coarse.has(0.3));
        assertFalse(coarse.has(Math.pow(2, -1.75)));
    }

    @Test
    void theBucketAroundZeroCountsFromItsEdgeOn() {
        Histogram narrow = natively(-ZERO, ZERO, 7, 0.25, 0.5, 3);
        assertEquals(7, narrow.upTo(0.25));
        assertEquals(7, narrow.upTo(0.001953125));
        Histogram wide = natively(-0.0625, 0.0625, 7, 0.25, 0.5, 3);
        assertFalse(wide.has(0.03125));
        assertTrue(wide.has(0.0625));
        assertEquals(0.0625, wide.boundaries(0.3).first());
        assertEquals(7, wide.upTo(0.0625));
    }

    @Test
    void onlyZerosTellNoBoundary() {
        Histogram zeros = natively(-ZERO, ZERO, 7);
        assertEquals(List.of(), List.copyOf(zeros.boundaries(0.3)));
        assertTrue(zeros.has(0.3));
        assertEquals(7, zeros.upTo(0.3));
        assertEquals(List.of(), List.copyOf(natively().boundaries(0.3)));
        assertEquals(0, natively().upTo(0.3));
        assertEquals(0, natively().count());
    }

    @Test
    void negativeAndInfiniteObservationsDoNotHideTheSchema() {
        Histogram odd = natively(-0.5, -0.25, 2, 0.25, 0.5, 3, Double.MAX_VALUE, Double.POSITIVE_INFINITY, 1);
        assertEquals(0, Schema.of(((NativeHistogram) odd).buckets()).orElseThrow());
        assertEquals(2, odd.upTo(0.25));
        assertEquals(5, odd.upTo(0.5));
        assertEquals(6, odd.count());
    }

    @Test
    void observationsThatAreNoNumberAreSlowerThanEveryBoundary() {
        Histogram histogram = new NativeHistogram(List.of(new Sample.Bucket(0.25, 0.5, 3)), 5);
        assertEquals(2, histogram.count() - histogram.upTo(0.5));
    }

    @Test
    void bucketsOfTheirOwnCanBeCutWhereNoneReachesAcross() {
        Histogram custom = natively(Double.NEGATIVE_INFINITY, 0.1, 5, 0.3, 0.7, 2, 2, Double.POSITIVE_INFINITY, 1);
        assertEquals(List.of(0.1, 0.3, 0.7, 2.0), List.copyOf(custom.boundaries(0.3)));
        assertTrue(custom.has(0.2));
        assertFalse(custom.has(0.5));
        assertFalse(custom.has(3));
        assertEquals(5, custom.upTo(0.3));
        assertEquals(7, custom.upTo(2));
    }

    @Test
    void bucketsOfTheirOwnAreKnownByTheirFirstOneEvenWhenTheyGrowRegularly() {
        Histogram custom = natively(Double.NEGATIVE_INFINITY, 1, 5, 1, 2, 3, 2, 4, 1);
        assertEquals(List.of(1.0, 2.0, 4.0), List.copyOf(custom.boundaries(3)));
        assertTrue(custom.has(5));
    }
}
