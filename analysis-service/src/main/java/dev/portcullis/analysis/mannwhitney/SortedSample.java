package dev.portcullis.analysis.mannwhitney;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Finite values of one arm, in ascending order: nothing in this package depends on the order they were measured in.
 * Immutable; the empty sample is legal.
 */
public final class SortedSample {
    /** The largest magnitude accepted: below it, sums and differences of values stay finite. */
    public static final double LARGEST = 1e290;

    private final double[] ascending;

    private SortedSample(double[] ascending) {
        this.ascending = ascending;
    }

    /**
     * A sample of these values, in any order.
     *
     * @throws IllegalArgumentException when a value is no number from -{@link #LARGEST} to {@link #LARGEST}
     */
    public static SortedSample of(double... values) {
        double[] ascending = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= LARGEST)) {
                throw new IllegalArgumentException(
                        "values[" + i + "] is " + values[i] + ", must be in [-" + LARGEST + ", " + LARGEST + "]");
            }
            // -0.0 + 0.0 is 0.0: equal values have equal bits.
            ascending[i] = values[i] + 0.0;
        }
        Arrays.sort(ascending);
        return new SortedSample(ascending);
    }

    /** How many values there are. */
    public int size() {
        return ascending.length;
    }

    /** The value of a rank, counted from 0. */
    double at(int rank) {
        return ascending[rank];
    }

    /** The arithmetic mean; 0 of an empty sample. */
    double mean() {
        double sum = 0;
        for (double value : ascending) {
            sum += value;
        }
        return sum / Math.max(1, ascending.length);
    }

    /** The values between two limits, both included. */
    SortedSample within(double lowest, double highest) {
        return new SortedSample(DoubleStream.of(ascending)
                .filter(v -> v >= lowest && v <= highest)
                .toArray());
    }

    /** The same values and so many zeros more. */
    SortedSample withZeros(int zeros) {
        return of(Arrays.copyOf(ascending, ascending.length + zeros));
    }

    /** The sum of t^3 - t over the groups of t equal values: what ties take from the variance of a rank sum. */
    double ties() {
        double sum = 0;
        int start = 0;
        for (int i = 1; i <= ascending.length; i++) {
            if (i == ascending.length || ascending[i] != ascending[start]) {
                double t = i - start;
                sum += t * t * t - t;
                start = i;
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SortedSample sample && Arrays.equals(ascending, sample.ascending);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ascending);
    }

    @Override
    public String toString() {
        return Arrays.toString(ascending);
    }
}
