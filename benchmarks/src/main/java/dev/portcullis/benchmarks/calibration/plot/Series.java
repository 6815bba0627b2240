package dev.portcullis.benchmarks.calibration.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of one kind.
 *
 * @param name in the legend
 * @param joined whether a line joins the points
 * @param points from left to right
 */
public record Series(String name, boolean joined, List<Point> points) {
    /**
     * A point.
     *
     * @param x its place on the lower axis
     * @param y its place on the left axis
     * @param low lower end of its error bar
     * @param high upper end of its error bar
     */
    public record Point(double x, double y, double low, double high) {
        /** A point without an error bar. */
        public static Point of(double x, double y) {
            return new Point(x, y, y, y);
        }

        /** A point with an error bar of this length to either side. */
        public static Point of(double x, double y, double error) {
            return new Point(x, y, y - error, y + error);
        }
    }

    /** Points that a line joins, yet to be added. */
    public static Series line(String name) {
        return new Series(name, true, new ArrayList<>());
    }

    /** Points for themselves, yet to be added. */
    public static Series dots(String name) {
        return new Series(name, false, new ArrayList<>());
    }

    /** Adds a point; one that is not a number is left out. */
    public void add(Point point) {
        if (!Double.isNaN(point.y)) {
            points.add(point);
        }
    }
}
