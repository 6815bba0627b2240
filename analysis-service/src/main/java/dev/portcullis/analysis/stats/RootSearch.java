package dev.portcullis.analysis.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * The search for the point where a function changes its sign.
 *
 * <p>Chandrupatla's method ("A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function",
 * 1997): inverse quadratic interpolation where the last three points allow it, bisection elsewhere. About ten
 * evaluations where bisection alone needs fifty, and never many more than bisection.
 */
record RootSearch(DoubleUnaryOperator function) {
    /** Absolute, of an argument that is a logarithm: a relative error of the result. */
    private static final double TOLERANCE = 5e-13;

    private static final int MOST_STEPS = 200;

    double at(double x) {
        return function.applyAsDouble(x);
    }

    /** The root between two arguments at which the function has different signs. */
    double between(double from, double to) {
        Point a = point(from);
        Point b = point(to);
        double fraction = 0.5;
        for (int step = 0; step < MOST_STEPS; step++) {
            Point next = point(a.x + fraction * (b.x - a.x));
            boolean sameSide = next.y > 0 == a.y > 0;
            Point dropped = sameSide ? a : b;
            b = sameSide ? b : a;
            a = next;
            double smallest = TOLERANCE / Math.abs(b.x - a.x) / 2;
            if (a.y == 0 || smallest > 0.5) {
                break;
            }
            fraction = Math.clamp(fraction(a, b, dropped), smallest, 1 - smallest);
        }
        return Math.abs(a.y) < Math.abs(b.y) ? a.x : b.x;
    }

    /** Where between {@code a} (0) and {@code b} (1) to look next. */
    private static double fraction(Point a, Point b, Point c) {
        double xi = (a.x - b.x) / (c.x - b.x);
        double phi = (a.y - b.y) / (c.y - b.y);
        boolean interpolates = 1 - Math.sqrt(1 - xi) < phi && phi < Math.sqrt(xi);
        if (!interpolates) {
            return 0.5;
        }
        double slope = (c.x - a.x) / (b.x - a.x);
        return a.y / (a.y - b.y) * c.y / (c.y - b.y) - slope * a.y / (c.y - a.y) * b.y / (b.y - c.y);
    }

    private Point point(double x) {
        return new Point(x, at(x));
    }

    private record Point(double x, double y) {}
}
