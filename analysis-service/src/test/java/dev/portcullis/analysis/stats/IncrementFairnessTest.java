package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enumerates whole binomial laws at the edge of the hypotheses: no factor may have an expectation above 1. */
class IncrementFairnessTest {
    private static final double ROUNDING = 1e-12;
    private static final double[] BASE_RATES = {0, 0.001, 0.02, 0.1, 0.4};
    private static final int[][] SPLITS = {{20, 20}, {6, 54}, {54, 6}};

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.2, 0.9})
    void noSloTestGainsOnACanaryExactlyAtItsLimit(double limit) {
        for (int n : new int[] {1, 7, 200}) {
            assertFair(new SloVote(limit), n, limit);
            for (double clusterSize : new double[] {1, 5}) {
                assertFair(new SloCount(limit, clusterSize, Direction.WORSE), n, limit);
                assertFair(new SloCount(limit, clusterSize, Direction.BETTER), n, limit);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "1, 0", "1, 0.02", "1.25, 0.00025", "1.25, 0.02", "2, 0", "2, 0.001"})
    void noBaselineCountGainsOnACanaryExactlyAtItsLimit(double factor, double margin) {
        for (double clusterSize : new double[] {1, 5}) {
            for (Direction direction : Direction.values()) {
                assertFair(new BaselineCount(factor, margin, clusterSize, direction), factor, margin);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.00025, 0.02})
    void noBaselineVoteGainsOnACanaryThatBehavesLikeTheBaseline(double margin) {
        assertFair(new BaselineVote(1, margin), 1, margin);
        if (margin == 0) {
            assertFair(new BaselineReversedVote(1), 1, 0);
        }
    }

    @Test
    void aCanaryBeyondTheLimitDoesEarnEvidence() {
        double[] gained = expectations(new BaselineVote(1, 0), new int[] {6, 54}, 0.3, 0.02);
        assertTrue(gained[0] > 1.5, "a bet on 15 times as many errors must pay: " + gained[0]);
    }

    private static void assertFair(Increment increment, double factor, double margin) {
        for (double rate : BASE_RATES) {
            double canaryRate = factor * rate + margin;
            for (int[] split : SPLITS) {
                assertNoneAboveOne(increment, expectations(increment, split, canaryRate, rate));
            }
        }
    }

    private static void assertFair(Increment increment, int n, double rate) {
        assertNoneAboveOne(increment, expectations(increment, new int[] {n, 0}, rate, 0));
    }

    private static void assertNoneAboveOne(Increment increment, double[] expectations) {
        for (int k = 0; k < expectations.length; k++) {
            assertTrue(expectations[k] <= 1 + ROUNDING, increment + ", alternative " + k + ": " + expectations[k]);
        }
    }

    /** The exact expectation of each alternative's factor, {@code split} being the requests of canary and baseline. */
    private static double[] expectations(Increment increment, int[] split, double canaryRate, double baseRate) {
        double[] canary = binomial(split[0], canaryRate);
        double[] baseline = binomial(split[1], baseRate);
        double[] sums = new double[Grid.SIZE];
        double[] increments = new double[Grid.SIZE];
        for (int i = 0; i < canary.length; i++) {
            for (int j = 0; j < baseline.length; j++) {
                increment.of(new ArmCounts(new Counts(i, split[0]), new Counts(j, split[1])), increments);
                for (int k = 0; k < Grid.SIZE; k++) {
                    sums[k] += canary[i] * baseline[j] * Math.exp(increments[k]);
                }
            }
        }
        return sums;
    }

    private static double[] binomial(int n, double p) {
        double[] law = {1};
        for (int i = 1; i <= n; i++) {
            double[] next = new double[i + 1];
            for (int k = 0; k < i; k++) {
                next[k] += law[k] * (1 - p);
                next[k + 1] += law[k] * p;
            }
            law = next;
        }
        return law;
    }
}
