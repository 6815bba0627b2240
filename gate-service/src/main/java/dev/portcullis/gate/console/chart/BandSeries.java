package dev.portcullis.gate.console.chart;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A ratio over time.
 *
 * @param name what it is of, e.g. "canary"
 * @param kind class of its line and its band: "canary" or "stable"
 * @param points in the order of time
 */
public record BandSeries(String name, String kind, List<BandPoint> points) {
    /** Keeps its own copy. */
    public BandSeries {
        points = List.copyOf(points);
    }

    /** The ratio of the canary's bad requests. */
    public static BandSeries canary(List<BandPoint> points) {
        return new BandSeries("canary", "canary", points);
    }

    /** The ratio of the stable version's bad requests. */
    public static BandSeries stable(List<BandPoint> points) {
        return new BandSeries("stable", "stable", points);
    }

    /** The last value; empty when the last point has none. */
    OptionalDouble last() {
        return points.isEmpty() ? OptionalDouble.empty() : points.getLast().value();
    }

    /** "canary 0.41 % (0.22 % to 0.63 %)". */
    String described(BandPoint point) {
        return name + " "
                + (point.value().isPresent() ? Figure.percent(point.value().orElseThrow()) : "no request")
                + bounds(point);
    }

    private static String bounds(BandPoint point) {
        if (!point.isBounded()) {
            return "";
        }
        return " ("
                + (point.upper().isPresent()
                        ? (point.lower().isPresent() ? Figure.percent(point.lowest()) + " to " : "at most ")
                                + Figure.percent(point.highest())
                        : "at least " + Figure.percent(point.lowest()))
                + ")";
    }
}
