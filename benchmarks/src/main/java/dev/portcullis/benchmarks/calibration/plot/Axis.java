package dev.portcullis.benchmarks.calibration.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A scale with its labels.
 *
 * @param title what is on it, with the unit
 * @param low value at its beginning
 * @param high value at its end, above {@code low}
 * @param logarithmic whether equal steps are equal factors; then {@code low} is above 0 and smaller values are drawn at it
 * @param ticks labels by value
 */
public record Axis(String title, double low, double high, boolean logarithmic, Map<Double, String> ticks) {
    private static final double MARGIN = 0.5;

    /** A linear scale with labels at these values. */
    public static Axis linear(String title, double low, double high, double... ticks) {
        return new Axis(title, low, high, false, labels(ticks));
    }

    /** A logarithmic scale with labels at these values. */
    public static Axis logarithmic(String title, double low, double high, double... ticks) {
        return new Axis(title, low, high, true, labels(ticks));
    }

    /** A logarithmic scale of probabilities from 0.01 to 100 %. */
    public static Axis chances(String title) {
        return logarithmic(title + " (0 is drawn at the bottom)", 1e-4, 1, 1e-4, 1e-3, 1e-2, 0.1, 1);
    }

    /** A scale of names, at 0, 1, 2 and so on. */
    public static Axis names(String title, List<String> names) {
        var ticks = new LinkedHashMap<Double, String>();
        names.forEach(name -> ticks.put((double) ticks.size(), name));
        return new Axis(title, -MARGIN, names.size() - MARGIN, false, ticks);
    }

    /** Where a value is, from 0 at the beginning to 1 at the end. */
    double place(double value) {
        if (!logarithmic) {
            return (value - low) / (high - low);
        }
        return Math.log(Math.max(value, low) / low) / Math.log(high / low);
    }

    private static Map<Double, String> labels(double... values) {
        var ticks = new LinkedHashMap<Double, String>();
        for (var value : values) {
            ticks.put(value, label(value));
        }
        return ticks;
    }

    private static String label(double value) {
        var text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
