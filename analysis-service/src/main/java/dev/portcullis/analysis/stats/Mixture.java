package dev.portcullis.analysis.stats;

import java.util.Arrays;

/**
 * Evidence as an average over the alternatives of the grid and over the window at which a regression began.
 *
 * <p>With N planned windows, half of the weight is on a regression that was there from the first window; the other half
 * is spread evenly over the later N - 1. It costs log 2 for a canary that is bad from the start and finds a late
 * regression two to three times sooner. With N = 0 or 1 it is the plain mixture. One number per alternative is all the
 * state: {@code R = log(exp(R) + gamma_t) + increment}. Not thread-safe.
 */
final class Mixture {
    private final int planned;
    private final double[] components = new double[Grid.SIZE];
    private int windows;

    /** An empty mixture; {@code planned} is 0 or more. */
    Mixture(int planned) {
        this.planned = planned;
        Arrays.fill(components, Double.NEGATIVE_INFINITY);
    }

    void fold(double[] increments) {
        windows++;
        double start = logStartWeight();
        for (int k = 0; k < Grid.SIZE; k++) {
            components[k] = LogSpace.addExp(components[k], start) + increments[k];
        }
    }

    /** The natural logarithm of the e-value; 0 before the first window. */
    double logEvidence() {
        if (windows == 0) {
            return 0;
        }
        return LogSpace.addExp(LogSpace.sumExp(components) - Grid.LOG_SIZE, logFutureWeight());
    }

    /** A number that {@link #logEvidence} does not exceed, without a single exponential. */
    double ceiling() {
        return windows == 0 ? 0 : Math.max(LogSpace.largest(components), logFutureWeight()) + 1;
    }

    /** Weight of a regression that begins with the present window. */
    private double logStartWeight() {
        if (windows == 1) {
            return planned > 1 ? StrictMath.log(0.5) : 0;
        }
        return windows <= planned ? -StrictMath.log(2.0 * (planned - 1)) : Double.NEGATIVE_INFINITY;
    }

    /** Weight of all regressions that are yet to begin; their evidence is still 1. */
    private double logFutureWeight() {
        return windows < planned
                ? StrictMath.log((planned - windows) / (2.0 * (planned - 1)))
                : Double.NEGATIVE_INFINITY;
    }
}
