package dev.portcullis.gate.console.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Ratios of bad requests over time, each with the band that the requests so far leave possible, and the limit that one of them is held
 * against, on one axis.
 *
 * @param title what is drawn, in a few words
 * @param series one or more
 * @param limit the ratio that is tolerated, 0 to 1; empty for none
 * @param from where the time axis begins
 */
public record BandChart(String title, List<BandSeries> series, OptionalDouble limit, Instant from) {
    /** Room above the limit, so that one sees that it is one. */
    private static final double ABOVE_LIMIT = 1.5;

    private static final double ABOVE_LINE = 1.15;
    private static final int MOST_HINTS = 60;

    /** Keeps its own copy. */
    public BandChart {
        series = List.copyOf(series);
    }

    /** The picture; the same for the same figures. */
    public String svg(ChartSize size) {
        var times = TimeAxis.spanning(from, end(), size.timeTicks());
        var values = RatioAxis.covering(largest(), size.valueSteps());
        var plot = new Plot(size, values, times, names(), "bands", title, description(times));
        series.reversed().forEach(one -> plot.band(one.kind(), one.points()));
        limit.ifPresent(ratio -> plot.level("limit", ratio));
        series.reversed().forEach(one -> plot.line(one.kind(), one.points()));
        plot.hints(hints(times));
        return plot.svg();
    }

    private Instant end() {
        return series.stream()
                .flatMap(one -> one.points().stream())
                .map(BandPoint::time)
                .max(Instant::compareTo)
                .orElse(from);
    }

    /** Bands begin wide, which nobody needs to see: what counts is what is known now, and each value there was. */
    private double largest() {
        var lines =
                series.stream().flatMap(one -> one.points().stream()).flatMapToDouble(point -> point.value().stream());
        var bounds = series.stream()
                .filter(one -> !one.points().isEmpty())
                .flatMapToDouble(one -> one.points().getLast().upper().stream());
        return DoubleStream.of(
                        limit.orElse(0) * ABOVE_LIMIT,
                        lines.max().orElse(0) * ABOVE_LINE,
                        bounds.max().orElse(0) * ABOVE_LINE)
                .max()
                .orElse(0);
    }

    private List<Plot.LineName> names() {
        List<Plot.LineName> names = new ArrayList<>();
        limit.ifPresent(ratio -> names.add(new Plot.LineName("limit", ratio, "limit " + Figure.limit(ratio))));
        for (var one : series) {
            one.last()
                    .ifPresent(value ->
                            names.add(new Plot.LineName(one.kind(), value, one.name() + " " + Figure.percent(value))));
        }
        return names;
    }

    private String description(TimeAxis times) {
        var now = series.stream()
                .filter(one -> !one.points().isEmpty())
                .map(one -> one.described(one.points().getLast()))
                .toList();
        return (now.isEmpty()
                        ? "Nothing was counted yet"
                        : "At " + times.moment(end()) + " UTC: " + String.join("; ", now))
                + (limit.isPresent() ? "; limit " + Figure.limit(limit.getAsDouble()) : "") + ".";
    }

    private List<Plot.Hint> hints(TimeAxis times) {
        var points = series.isEmpty() ? List.<BandPoint>of() : series.getFirst().points();
        var step = Math.max(1, Math.ceilDiv(points.size(), MOST_HINTS));
        List<Plot.Hint> hints = new ArrayList<>();
        for (var i = (points.size() - 1) % step; i >= 0 && i < points.size(); i += step) {
            var time = points.get(i).time();
            hints.add(new Plot.Hint(time, times.moment(time) + " UTC\n" + String.join("\n", described(time))));
        }
        return hints;
    }

    private List<String> described(Instant time) {
        return series.stream()
                .flatMap(one -> one.points().stream()
                        .filter(point -> point.time().equals(time))
                        .map(one::described))
                .toList();
    }

    /** The same as a table, newest first. */
    public Numbers numbers() {
        var times = series.isEmpty() ? List.<BandPoint>of() : series.getFirst().points();
        var header = Stream.concat(
                        Stream.of("UTC"),
                        series.stream().flatMap(one -> Stream.of(one.name(), one.name() + " from", one.name() + " to")))
                .toList();
        return new Numbers(
                header,
                times.reversed().stream().map(point -> row(point.time())).toList());
    }

    private List<String> row(Instant time) {
        List<String> row = new ArrayList<>();
        row.add(TimeAxis.spanning(from, end(), 1).moment(time));
        for (var one : series) {
            var at = one.points().stream()
                    .filter(point -> point.time().equals(time))
                    .findFirst()
                    .orElse(new BandPoint(
                            time, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()));
            Stream.of(at.value(), at.lower(), at.upper()).forEach(value -> row.add(cell(value)));
        }
        return row;
    }

    private static String cell(OptionalDouble ratio) {
        return ratio.isPresent() ? Figure.percent(ratio.getAsDouble()) : "–";
    }
}
