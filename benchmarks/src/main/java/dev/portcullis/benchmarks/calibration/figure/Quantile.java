package dev.portcullis.benchmarks.calibration.figure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * A quantile of what was observed, linearly interpolated between the two nearest observations (type 7 of Hyndman and Fan). Its error is that of the rank: no law of
 * the observations is assumed, and times that are multiples of a window need no special care.
 */
public final class Quantile implements Figure {
    private final double[] sorted;
    private final double level;

    /**
     * A quantile.
     *
     * @param observed in any order; without any there is no figure
     * @param level inside (0, 1)
     */
    public Quantile(Collection<? extends Number> observed, double level) {
        this.sorted =
                observed.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        this.level = level;
    }

    /** Half of what was observed is smaller. */
    public static Quantile median(Collection<? extends Number> observed) {
        return new Quantile(observed, 0.5);
    }

    /** Nine of ten are smaller. */
    public static Quantile ninety(Collection<? extends Number> observed) {
        return new Quantile(observed, 0.9);
    }

    /** In the unit of the observations; NaN without any. */
    public double value() {
        return sorted.length == 0 ? Double.NaN : at((sorted.length - 1) * level);
    }

    /** Half of the distance between the observations a standard error of the rank below and above. */
    public double error() {
        var rank = Math.sqrt(level * (1 - level) * sorted.length);
        return (around(rank) - around(-rank)) / 2;
    }

    @Override
    public String text() {
        return sorted.length == 0 ? "–" : String.format(Locale.ROOT, "%,.0f ± %,.0f", value(), error());
    }

    /** The value alone. */
    public String rounded() {
        return sorted.length == 0 ? "–" : String.format(Locale.ROOT, "%,.0f", value());
    }

    @Override
    public boolean agrees(ExpectedFigure other, double standardErrors) {
        if (sorted.length == 0) {
            return false;
        }
        var n = (double) sorted.length;
        var rank = standardErrors * n * Math.sqrt(level * (1 - level) * (1 / n + 1.0 / other.runs()));
        return other.value() >= around(-rank) - other.rounding() && other.value() <= around(rank) + other.rounding();
    }

    /** The observation so many ranks away, to the outside. */
    private double around(double ranks) {
        var rank = (sorted.length - 1) * level + ranks;
        return at(ranks < 0 ? Math.floor(rank) : Math.ceil(rank));
    }

    private double at(double rank) {
        var inside = Math.clamp(rank, 0, sorted.length - 1);
        var lower = sorted[(int) Math.floor(inside)];
        var upper = sorted[(int) Math.ceil(inside)];
        return lower + (upper - lower) * (inside - Math.floor(inside));
    }

    @Override
    public String toString() {
        return text() + " of " + Arrays.toString(sorted);
    }
}
