package dev.portcullis.benchmarks.calibration.section;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.workload.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuousLookingTest {
    private static final double STRICT = -Math.log(0.01);

    @Test
    void theInformationOfARequestGivesTheKnownBounds() {
        assertEquals(42_513, STRICT / Information.slo(0.0015, 0.001), 0.5);
        assertEquals(54_131, STRICT / Information.baseline(0.5, 0.002, 0.001), 0.5);
        assertEquals(501, STRICT / Information.baseline(0.1, 0.05, 0.001), 0.5);
    }

    @Test
    void aLooserThresholdIsReachedNoLater() {
        var looking = ContinuousLooking.slo(0.001, 0.01);
        var random = SeededRandom.create();
        for (var i = 0; i < 50; i++) {
            var requests = looking.requests(random, 0, 10_000, 1, STRICT);
            assertTrue(requests[0] <= requests[1] && Double.isFinite(requests[1]));
        }
    }

    @Test
    void whatIsNotReachedIsInfinite() {
        var never = ContinuousLooking.baseline(0.5, 0.001, 0.1).requests(SeededRandom.create(), 0, 20, STRICT);
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, never);
    }

    @Test
    void aClaimIsExceededWhenChanceDoesNotExplainTheErrors() {
        assertFalse(new Claim("s", "w", "r", 0.01, new Proportion(12, 1000)).exceeded());
        assertTrue(new Claim("s", "w", "r", 0.01, new Proportion(25, 1000)).exceeded());
    }

    @Test
    void claimsAreSummedUpBySectionAndBound() {
        var claims = new Claims(List.of(
                new Claim("T4", "mild", "vote", 0.01, new Proportion(1, 1000)),
                new Claim("T4", "worst", "vote", 0.01, new Proportion(50, 1000)),
                new Claim("T8", "fine", "vote", 0.05, new Proportion(0, 1000))));
        assertFalse(claims.hold());
        assertEquals(
                List.of(
                        "| T4 | 0.01 | 2 | 0.0500 ± 0.0069 | worst (vote) | 1 |",
                        "| T8 | 0.05 | 1 | 0 (< 0.0030) | – | 0 |"),
                claims.summary().toString().lines().skip(2).toList());
    }
}
