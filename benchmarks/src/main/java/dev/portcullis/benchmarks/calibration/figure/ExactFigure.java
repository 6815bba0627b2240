package dev.portcullis.benchmarks.calibration.figure;

import java.util.Locale;

/**
 * A figure that was computed, not simulated.
 *
 * @param value finite
 */
public record ExactFigure(double value) implements Figure {
    /** Room for the last digit of arithmetic in another order. */
    private static final double SLACK = 1e-9;

    @Override
    public String text() {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    @Override
    public boolean agrees(ExpectedFigure other, double standardErrors) {
        return Math.abs(value - other.value()) <= other.rounding() + SLACK * Math.abs(value);
    }
}
