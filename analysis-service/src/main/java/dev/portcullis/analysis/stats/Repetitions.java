package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.OptionalDouble;

/**
 * How often one and the same window has to come until a test reaches a threshold.
 *
 * <p>The evidence of n such windows in the plain mixture is {@code log(mean of exp(n * increment))}: 0 at n = 0 and convex
 * in n. So it reaches a threshold above 0 exactly once if any increment is above 0, and never otherwise. Between whole
 * numbers n stands for a part of a window, which has a meaning only in tests that count requests.
 */
public final class Repetitions {
    private Repetitions() {}

    /**
     * The number of windows, above 0, to a relative 1e-12; empty when no number suffices.
     *
     * @param threshold natural logarithm of an e-value, above 0
     */
    public static OptionalDouble until(double threshold, Increment increment, ArmCounts window) {
        double[] increments = new double[Grid.SIZE];
        increment.of(window, increments);
        double largest = LogSpace.largest(increments);
        // The average of e-values is at most the largest of them, and at least its share of the average.
        double fewest = threshold / largest;
        double most = (threshold + Grid.LOG_SIZE) / largest;
        if (!(largest > 0 && most <= Counts.LARGEST)) {
            return OptionalDouble.empty();
        }
        RootSearch search = new RootSearch(log -> evidence(StrictMath.exp(log), increments) - threshold);
        return OptionalDouble.of(StrictMath.exp(search.between(StrictMath.log(fewest), StrictMath.log(most))));
    }

    private static double evidence(double number, double[] increments) {
        double[] sums = new double[Grid.SIZE];
        for (int k = 0; k < Grid.SIZE; k++) {
            sums[k] = number * increments[k];
        }
        return LogSpace.sumExp(sums) - Grid.LOG_SIZE;
    }
}
