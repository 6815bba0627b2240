package dev.portcullis.analysis.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void slowRequestsAreThoseAboveTheBoundary() {
        Histogram histogram = new Histogram(List.of(70.0, 90.0, 100.0));
        assertEquals(2, histogram.boundaries());
        assertEquals(new Counts(30, 100), histogram.slowerThan(0));
        assertEquals(new Counts(10, 100), histogram.slowerThan(1));
    }

    @Test
    void aFallingBucketIsRefused() {
        InvalidCountsException fault =
                assertThrows(InvalidCountsException.class, () -> new Histogram(List.of(5.0, 4.0)));
        assertEquals("cumulative[1]", fault.field());
    }

    @Test
    void aHistogramHasABucketAtLeast() {
        assertThrows(InvalidCountsException.class, () -> new Histogram(List.of()));
    }

    @Test
    void bothArmsHaveTheSameBuckets() {
        Histogram two = new Histogram(List.of(1.0, 2.0));
        Histogram three = new Histogram(List.of(1.0, 2.0, 3.0));
        assertEquals(
                "baseline",
                assertThrows(InvalidCountsException.class, () -> new ArmHistograms(two, three))
                        .field());
    }
}
