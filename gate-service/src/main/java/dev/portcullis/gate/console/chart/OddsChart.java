package dev.portcullis.gate.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the evidence for and against a canary grew, as odds on an axis of their logarithm, with the two odds at which something is decided. All evidence is natural
 * logarithms.
 *
 * @param title what is drawn, in a few words
 * @param points in the order of time
 * @param abortAt evidence against that aborts
 * @param promoteAt evidence for that promotes
 * @param from where the time axis begins
 */
public record OddsChart(String title, List<OddsPoint> points, double abortAt, double promoteAt, Instant from) {
    /** How far beyond a threshold evidence is still drawn: a thousandfold. */
    private static final double BEYOND = Math.log(1000);

    private static final double BELOW = -Math.log(1000);
    private static final int MOST_HINTS = 60;
    private static final String AGAINST = "against";
    private static final String FOR = "for";

    /** Keeps its own copy. */
    public OddsChart {
        points = List.copyOf(points);
    }

    /**
     * Evidence at a moment.
     *
     * @param against the canary, natural logarithm
     * @param pro the canary, natural logarithm
     */
    public record OddsPoint(Instant time, double against, double pro) {}

    /** The picture; the same for the same figures. */
    public String svg(ChartSize size) {
        var times = TimeAxis.spanning(from, end(), size.timeTicks());
        var plot = new Plot(size, axis(), times, names(), "odds", title, description(times));
        plot.level("abort", abortAt);
        plot.level("promote", promoteAt);
        plot.line(FOR, points.stream().map(p -> BandPoint.of(p.time, p.pro)).toList());
        plot.line(
                AGAINST,
                points.stream().map(p -> BandPoint.of(p.time, p.against)).toList());
        plot.hints(hints(times));
        return plot.svg();
    }

    private OddsAxis axis() {
        var all = points.stream()
                .flatMapToDouble(p -> DoubleStream.of(p.against, p.pro))
                .toArray();
        var highest = Math.max(abortAt, promoteAt);
        return OddsAxis.covering(
                Math.max(BELOW, DoubleStream.of(all).min().orElse(0)),
                Math.max(
                        highest,
                        Math.min(highest + BEYOND, DoubleStream.of(all).max().orElse(0))));
    }

    private Instant end() {
        return points.isEmpty() ? from : points.getLast().time;
    }

    private List<Plot.LineName> names() {
        var thresholds = Stream.of(
                new Plot.LineName("abort", abortAt, "abort " + Figure.odds(abortAt)),
                new Plot.LineName("promote", promoteAt, "promote " + Figure.odds(promoteAt)));
        var lines = points.isEmpty()
                ? Stream.<Plot.LineName>of()
                : Stream.of(
                        new Plot.LineName(
                                AGAINST, points.getLast().against, "against " + Figure.odds(points.getLast().against)),
                        new Plot.LineName(FOR, points.getLast().pro, "for " + Figure.odds(points.getLast().pro)));
        return Stream.concat(thresholds, lines).toList();
    }

    private String description(TimeAxis times) {
        var now = points.isEmpty()
                ? "Nothing was judged yet"
                : "At " + times.moment(end()) + " UTC: evidence against " + Figure.odds(points.getLast().against)
                        + ", for " + Figure.odds(points.getLast().pro);
        return now + "; abort at " + Figure.odds(abortAt) + ", promote at " + Figure.odds(promoteAt) + ".";
    }

    private List<Plot.Hint> hints(TimeAxis times) {
        var step = Math.max(1, Math.ceilDiv(points.size(), MOST_HINTS));
        return IntStream.range(0, points.size())
                .filter(i -> (points.size() - 1 - i) % step == 0)
                .mapToObj(points::get)
                .map(p -> new Plot.Hint(
                        p.time,
                        times.moment(p.time) + " UTC\nagainst " + Figure.odds(p.against) + "\nfor "
                                + Figure.odds(p.pro)))
                .toList();
    }

    /** The same as a table, newest first. */
    public Numbers numbers() {
        var times = TimeAxis.spanning(from, end(), 1);
        return new Numbers(
                List.of("UTC", AGAINST, FOR),
                points.reversed().stream()
                        .map(p -> List.of(times.moment(p.time), Figure.odds(p.against), Figure.odds(p.pro)))
                        .toList());
    }
}
