package dev.portcullis.benchmarks.calibration.figure;

/**
 * A figure as it was written down elsewhere.
 *
 * @param text a number, rounded to the digits it shows
 * @param runs how many runs it is from, 1 or more
 */
public record ExpectedFigure(String text, long runs) {
    double value() {
        return Double.parseDouble(text);
    }

    /** Half a unit of the last digit. */
    double rounding() {
        var point = text.indexOf('.');
        return point < 0 ? 0.5 : 0.5 * Math.pow(10, point + 1 - text.length());
    }
}
