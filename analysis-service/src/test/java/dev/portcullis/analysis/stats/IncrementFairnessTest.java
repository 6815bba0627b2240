package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
    private static final int[][] WIDE_SPLITS = {{100, 100}, {50, 450}, {450, 50}};
    private static final int[][] SPLITS = {{20, 20}, {6, 54}, {54, 6}};

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.2, 0.9})
    void noSloTestGainsOnACanaryExactlyAtItsLimit(double limit) {
        for (int n : new int[] {1, 7, 200}) {
            assertFair(new SloVote(limit), n, limit);
            for (double clusterSize : new double[] {1, 5}) {
                assertFair(new SloCount(limit, clusterSize, TestDirection.WORSE), n, limit);
                assertFair(new SloCount(limit, clusterSize, TestDirection.BETTER), n, limit);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "1, 0", "1, 0.02", "1.25, 0.00025", "1.25, 0.02", "2, 0", "2, 0.001"})
    void noBaselineCountGainsOnACanaryExactlyAtItsLimit(double factor, double margin) {
        for (double clusterSize : new double[] {1, 5}) {
            for (TestDirection direction : TestDirection.values()) {
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

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0005, 0.001, 0.005, 0.01})
    void theVoteOfTheDefaultLimitsGainsNothingAtTheirEdge(double rate) {
        for (int[] split : WIDE_SPLITS) {
            assertNoneAboveOne(
                    new BaselineVote(1.25, 0.00025),
                    expectations(new BaselineVote(1.25, 0.00025), split, 1.25 * rate + 0.00025, rate));
        }
    }

    @ParameterizedTest
    @CsvSource({"1.25, 1.0006", "2, 1.0022"})
    void aVoteOnAMultipleWithoutMarginGainsAlmostNothing(double factor, double most) {
        for (double rate : new double[] {0.001, 0.005, 0.01}) {
            for (int[] split : WIDE_SPLITS) {
                Increment vote = new BaselineVote(factor, 0);
                for (double expectation : expectations(vote, split, factor * rate, rate)) {
                    assertTrue(expectation <= most, vote + " at " + rate + ": " + expectation);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void errorsInGroupsNoLargerThanTheClusterSizeGainNothing(int group) {
        for (double rate : new double[] {0.001, 0.02, 0.2}) {
            for (TestDirection direction : TestDirection.values()) {
                assertNoneAboveOne(
                        new SloCount(rate, group, direction),
                        grouped(new SloCount(rate, group, direction), group, new int[] {40, 0}, rate, 0));
                BaselineCount count = new BaselineCount(1.25, 0.00025, group, direction);
                assertNoneAboveOne(count, grouped(count, group, new int[] {6, 24}, 1.25 * rate + 0.00025, rate));
            }
        }
    }

    @Test
    void errorsInGroupsLargerThanTheClusterSizeDoGain() {
        double[] gained = grouped(new SloCount(0.02, 1, TestDirection.WORSE), 5, new int[] {40, 0}, 0.02, 0);
        assertTrue(gained[6] > 1.5, "which is why a count alone must not fail a canary: " + gained[6]);
    }

    @Test
    void aVoteGainsNothingWhateverGroupsTheErrorsComeIn() {
        for (int group : new int[] {2, 10}) {
            assertNoneAboveOne(new SloVote(0.02), grouped(new SloVote(0.02), group, new int[] {40, 0}, 0.02, 0));
            assertNoneAboveOne(
                    new BaselineVote(1, 0), grouped(new BaselineVote(1, 0), group, new int[] {10, 10}, 0.05, 0.05));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 1.25, 2})
    void noRaisedVoteGainsOnACanaryWithinTheFixedLimitOrTheMultiple(double factor) {
        for (double limit : new double[] {0.002, 0.02}) {
            for (double rate : BASE_RATES) {
                for (int[] split : SPLITS) {
                    RaisedSloVote vote = new RaisedSloVote(limit, factor, 1);
                    double canaryRate = Math.clamp(factor * rate, limit, 1);
                    assertNoneAboveOne(vote, expectations(vote, split, canaryRate, rate));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void noRaisedVoteGainsOnErrorsInGroupsNoLargerThanTheClusterSize(int group) {
        for (double rate : new double[] {0.001, 0.02, 0.2}) {
            RaisedSloVote vote = new RaisedSloVote(0.002, 2, group);
            assertNoneAboveOne(vote, grouped(vote, group, new int[] {6, 24}, Math.max(0.002, 2 * rate), rate));
        }
        RaisedSloVote tooSmall = new RaisedSloVote(0.002, 1, 1);
        double[] gained = grouped(tooSmall, group, new int[] {24, 24}, 0.05, 0.05);
        assertTrue(gained[0] > 1, "larger groups than stated do gain: " + gained[0]);
    }

    @Test
    void theBaselineIsHeldAgainstALimitAsTheCanaryIs() {
        ArmCounts swapped = new ArmCounts(new Counts(3, 700), new Counts(1, 50));
        ArmCounts window = new ArmCounts(swapped.baseline(), swapped.canary());
        double[] canary = new double[Grid.SIZE];
        double[] baseline = new double[Grid.SIZE];
        new SloVote(0.02).of(window, canary);
        new BaselineSloVote(0.02).of(swapped, baseline);
        assertArrayEquals(canary, baseline);
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
        return grouped(increment, 1, split, canaryRate, baseRate);
    }

    /** The same where groups of so many requests fail together or not at all, {@code split} being the number of groups. */
    private static double[] grouped(Increment increment, int group, int[] split, double canaryRate, double baseRate) {
        double[] canary = binomial(split[0], canaryRate);
        double[] baseline = binomial(split[1], baseRate);
        double[] sums = new double[Grid.SIZE];
        double[] increments = new double[Grid.SIZE];
        for (int i = 0; i < canary.length; i++) {
            for (int j = 0; j < baseline.length; j++) {
                Counts first = new Counts(i * group, split[0] * group);
                increment.of(new ArmCounts(first, new Counts(j * group, split[1] * group)), increments);
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
