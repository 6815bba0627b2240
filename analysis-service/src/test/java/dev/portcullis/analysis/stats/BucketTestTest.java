package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmHistograms;
import dev.portcullis.analysis.evidence.Histogram;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketTestTest {
    private static final Increment SLOWER = new BaselineVote(1, 0);
    private static final ArmHistograms SLOW_TAIL = new ArmHistograms(
            new Histogram(List.of(700.0, 800.0, 1000.0)), new Histogram(List.of(6300.0, 8900.0, 9000.0)));

    @Test
    void theBoundaryWhereTheCanaryIsSlowerIsTheCulprit() {
        List<BucketEvidence> evidence = BucketTest.evidence(SLOWER, 0, Collections.nCopies(10, SLOW_TAIL));
        assertEquals(10, evidence.size());
        assertEquals(1, evidence.getLast().culprit());
        assertTrue(evidence.getLast().combined() > Math.log(100));
        assertTrue(evidence.getLast().perBoundary().get(0) < 0.01, "as fast as the baseline at the first boundary");
    }

    @Test
    void windowsWithOtherBucketsAreRefused() {
        Histogram one = new Histogram(List.of(1.0, 2.0));
        List<ArmHistograms> windows = List.of(SLOW_TAIL, new ArmHistograms(one, one));
        String message = assertThrows(IllegalArgumentException.class, () -> BucketTest.evidence(SLOWER, 0, windows))
                .toString();
        assertTrue(message.contains("windows[1] has 1 "), message);
    }

    @Test
    void noWindowsGiveNoEvidence() {
        assertEquals(List.of(), BucketTest.evidence(SLOWER, 0, List.of()));
    }
}
