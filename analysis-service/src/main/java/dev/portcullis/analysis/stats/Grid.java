package dev.portcullis.analysis.stats;

/**
 * The thirteen alternatives over which every test is mixed with equal weight.
 *
 * <p>Each true effect lies within a factor of 2^(1/4) of one of them, which costs at most 3.5 % of the growth of the
 * evidence, and log 13 once. The constants are part of what the golden vectors fix; they are not configurable.
 */
final class Grid {
    static final int SIZE = 13;
    static final double LOG_SIZE = StrictMath.log(SIZE);

    /** Tilts of the count form, the logarithms of rate ratios from 20 down to 1.05. */
    private static final double[] TILTS = geometric(3);

    /** Stakes of the vote form, from 0.9 down to 0.014. */
    private static final double[] STAKES = geometric(0.9);

    /** Logarithm of what is left of a stake when no error of a window is the canary's: the commonest vote by far. */
    private static final double[] LOSSES = losses();

    private Grid() {}

    static double tilt(int k) {
        return TILTS[k];
    }

    /** Writes the increments of one vote: {@code log1p(stake * (share / expected - 1))} for each stake. */
    static void vote(double share, double expected, double[] increments) {
        if (share == 0) {
            System.arraycopy(LOSSES, 0, increments, 0, SIZE);
            return;
        }
        // A divisor below the smallest normal number would overflow the quotient.
        double excess = share / Math.max(expected, Double.MIN_NORMAL) - 1;
        for (int k = 0; k < SIZE; k++) {
            increments[k] = StrictMath.log1p(STAKES[k] * excess);
        }
    }

    private static double[] geometric(double first) {
        double[] values = new double[SIZE];
        for (int k = 0; k < SIZE; k++) {
            values[k] = first * StrictMath.pow(2, -k / 2.0);
        }
        return values;
    }

    private static double[] losses() {
        double[] values = new double[SIZE];
        for (int k = 0; k < SIZE; k++) {
            values[k] = StrictMath.log1p(-STAKES[k]);
        }
        return values;
    }
}
