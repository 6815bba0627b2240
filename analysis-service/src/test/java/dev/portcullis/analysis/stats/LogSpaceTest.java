package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LogSpaceTest {
    private static final double ZERO = Double.NEGATIVE_INFINITY;

    @Test
    void sumsAreThoseOfTheNumbersBehindTheLogarithms() {
        assertEquals(Math.log(5), LogSpace.addExp(Math.log(2), Math.log(3)), 1e-15);
        assertEquals(Math.log(10), LogSpace.sumExp(Math.log(2), Math.log(3), Math.log(5)), 1e-15);
        assertEquals(
                Math.log(0.25 * 8 + 0.75 * 4),
                LogSpace.weightedMean(new double[] {0.25, 0.75}, new double[] {Math.log(8), Math.log(4)}),
                1e-15);
    }

    @Test
    void zerosAreNeutral() {
        assertEquals(1.5, LogSpace.addExp(ZERO, 1.5));
        assertEquals(1.5, LogSpace.addExp(1.5, ZERO));
        assertEquals(ZERO, LogSpace.addExp(ZERO, ZERO));
        assertEquals(ZERO, LogSpace.sumExp());
        assertEquals(ZERO, LogSpace.sumExp(ZERO, ZERO));
    }

    @Test
    void numbersBeyondADoubleAreAddedAllTheSame() {
        assertEquals(1e15 + Math.log(2), LogSpace.addExp(1e15, 1e15));
        assertEquals(2000 + Math.log(3), LogSpace.sumExp(2000, 2000, 2000), 1e-12);
        assertEquals(-2000 + Math.log(2), LogSpace.sumExp(-2000, -2000), 1e-12);
    }

    @Test
    void everyEvidenceNeedsAWeight() {
        assertThrows(IllegalArgumentException.class, () -> LogSpace.weightedMean(new double[1], new double[2]));
    }
}
