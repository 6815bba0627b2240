package dev.portcullis.benchmarks.calibration.figure;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How many of a number of runs ended in some way.
 *
 * @param hits 0 to {@code runs}
 * @param runs 1 or more
 */
public record Proportion(long hits, long runs) implements Figure {
    private static final double CONFIDENCE = 0.95;

    /** Behind the point, unless the error needs more. */
    private static final int DIGITS = 4;

    /** Of results, those that are so. */
    public static <R> Proportion of(Collection<R> results, Predicate<R> so) {
        return new Proportion(results.stream().filter(so).count(), results.size());
    }

    /** The hits of both among the runs of both. */
    public Proportion plus(Proportion other) {
        return new Proportion(hits + other.hits, runs + other.runs);
    }

    /** From 0 to 1. */
    public double value() {
        return (double) hits / runs;
    }

    /** The binomial standard error. */
    public double error() {
        return Math.sqrt(value() * (1 - value()) / runs);
    }

    /** Chance of as many hits or more if the true probability were {@code probability}, inside (0, 1). */
    public double chanceAbove(double probability) {
        var logTerm = runs * Math.log1p(-probability);
        var below = 0.0;
        for (var k = 0L; k < hits; k++) {
            below += Math.exp(logTerm);
            logTerm += Math.log((double) (runs - k) / (k + 1)) + Math.log(probability / (1 - probability));
        }
        return Math.max(0, 1 - below);
    }

    @Override
    public String text() {
        if (hits == 0) {
            return String.format(Locale.ROOT, "0 (< %.4f)", unseen());
        }
        if (hits == runs) {
            return String.format(Locale.ROOT, "1 (> %.4f)", 1 - unseen());
        }
        var digits = Math.max(DIGITS, (int) Math.ceil(-Math.log10(error())));
        var format = "%." + digits + "f";
        return String.format(Locale.ROOT, format + " ± " + format, value(), error());
    }

    /** The exact upper bound on a probability that never showed. */
    private double unseen() {
        return 1 - Math.pow(1 - CONFIDENCE, 1.0 / runs);
    }

    @Override
    public boolean agrees(ExpectedFigure other, double standardErrors) {
        var pooled = (hits + other.value() * other.runs()) / (runs + other.runs());
        var error = Math.sqrt(pooled * (1 - pooled) * (1.0 / runs + 1.0 / other.runs()));
        return Math.abs(value() - other.value()) <= standardErrors * error + other.rounding();
    }
}
