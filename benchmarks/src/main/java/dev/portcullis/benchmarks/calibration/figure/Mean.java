package dev.portcullis.benchmarks.calibration.figure;

import java.util.Collection;
import java.util.Locale;

/**
 * A mean of observations.
 *
 * @param value in the unit of the observations
 * @param deviation their standard deviation
 * @param runs how many, 2 or more
 */
public record Mean(double value, double deviation, long runs) implements Figure {
    /** The mean of observations, each divided by {@code unit}. */
    public static Mean of(Collection<? extends Number> observed, double unit) {
        var mean = observed.stream()
                .mapToDouble(each -> each.doubleValue() / unit)
                .average()
                .orElse(Double.NaN);
        var squares = observed.stream()
                .mapToDouble(each -> Math.pow(each.doubleValue() / unit - mean, 2))
                .sum();
        return new Mean(mean, Math.sqrt(squares / (observed.size() - 1)), observed.size());
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", value, deviation / Math.sqrt(runs));
    }

    @Override
    public boolean agrees(ExpectedFigure other, double standardErrors) {
        var error = deviation * Math.sqrt(1.0 / runs + 1.0 / other.runs());
        return Math.abs(value - other.value()) <= standardErrors * error + other.rounding();
    }
}
