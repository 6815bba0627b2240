package dev.portcullis.gate.console.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The common parts of charts over time: two axes, the names of lines, and the place where lines are drawn, which nothing of them
 * leaves. Not thread-safe.
 */
final class Plot {
    private static final double GAP = 8;
    private static final double TOP = 10;
    private static final double BELOW = 40;
    private static final double LEGEND_ROW = 18;
    private static final double SAMPLE = 22;
    private static final double MIDDLE = 4;
    private static final double TICK_ROW = 17;
    private static final double DAY_ROW = 34;
    private static final double DOT = 4;

    private final ChartSize size;
    private final Axis values;
    private final TimeAxis times;
    private final List<LineName> names;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final Svg svg;

    /**
     * What stands beside a line.
     *
     * @param kind class of the line
     * @param value where it ends
     * @param text its name and value
     */
    record LineName(String kind, double value, String text) {}

    /** @param kind class of the picture; the other texts are its name and what is to be seen */
    Plot(
            ChartSize size,
            Axis values,
            TimeAxis times,
            List<LineName> names,
            String kind,
            String title,
            String description) {
        this.size = size;
        this.values = values;
        this.times = times;
        this.names = names;
        this.left = widest(values.ticks().stream().map(Tick::label).toList()) + GAP;
        this.right = size.width() - (isWide() ? widestName() + 2 * GAP : GAP);
        this.svg = Svg.image(kind, size.width(), size.height(), title, description);
        this.top = TOP + (isWide() ? 0 : legend());
        this.bottom = size.height() - BELOW;
        grid();
        svg.begin(
                "svg",
                "x",
                Svg.number(left),
                "y",
                Svg.number(top),
                "width",
                Svg.number(right - left + DOT),
                "height",
                Svg.number(bottom - top));
    }

    private boolean isWide() {
        return size == ChartSize.WIDE;
    }

    private static double widest(List<String> texts) {
        return texts.stream().mapToDouble(TextWidth::of).max().orElse(0);
    }

    private double widestName() {
        return names.stream()
                .mapToDouble(name -> TextWidth.bold(name.text))
                .max()
                .orElse(0);
    }

    /** Names in rows above the plot; answers how high they are. */
    private double legend() {
        var x = 0.0;
        var y = TOP;
        for (var name : names) {
            var width = SAMPLE + TextWidth.bold(name.text) + 2 * GAP;
            if (x > 0 && x + width > size.width()) {
                x = 0;
                y += LEGEND_ROW;
            }
            svg.line("line " + name.kind, x, y, x + SAMPLE - GAP / 2, y);
            svg.label("name " + name.kind, x + SAMPLE, y + MIDDLE, name.text);
            x += width;
        }
        return y - TOP + LEGEND_ROW;
    }

    private void grid() {
        for (var tick : values.ticks()) {
            var y = bottom - tick.place() * (bottom - top);
            svg.line("grid", left, y, right, y);
            svg.label("tick end", left - GAP + 2, y + MIDDLE, tick.label());
        }
        var free = 0.0;
        for (var tick : times.ticks()) {
            var x = left + tick.place() * (right - left);
            var half = TextWidth.of(tick.label()) / 2;
            svg.line("mark", x, bottom, x, bottom + MIDDLE);
            if (x - half >= free && x + half <= size.width()) {
                svg.label("tick middle", x, bottom + TICK_ROW, tick.label());
                free = x + half + GAP;
            }
        }
        svg.line("base", left, bottom, right, bottom);
        svg.label("tick", left, bottom + DAY_ROW, times.days() + ", UTC");
    }

    private double x(Instant time) {
        return times.place(time) * (right - left);
    }

    /** Far outside it is cut off anyhow. */
    private double y(double value) {
        return (1 - Math.clamp(values.place(value), -1, 9)) * (bottom - top);
    }

    /** What is between two lines. Points are in the order of time; where one is not known from above, the band is interrupted. */
    void band(String kind, List<BandPoint> points) {
        for (var run : runs(points, point -> point.upper().isPresent())) {
            if (run.size() == 1) {
                var only = run.getFirst();
                var height = y(only.lowest()) - y(only.highest());
                svg.rect("band " + kind, x(only.time()) - DOT / 2, y(only.highest()), DOT, height);
            } else {
                svg.empty("path", "class", "band " + kind, "d", outline(run));
            }
        }
    }

    /** Along the upper line and back along the lower one. */
    private String outline(List<BandPoint> run) {
        var path = new StringBuilder("M");
        run.forEach(point -> path.append(point(point.time(), point.highest())).append('L'));
        run.reversed().forEach(point -> path.append(point(point.time(), point.lowest()))
                .append('L'));
        path.setCharAt(path.length() - 1, 'Z');
        return path.toString();
    }

    /** A line with a dot where it ends. Points are in the order of time; where one has no value the line is interrupted. */
    void line(String kind, List<BandPoint> points) {
        for (var run : runs(points, point -> point.value().isPresent())) {
            var path = new StringBuilder();
            for (var i = 0; i < run.size(); i++) {
                path.append(i == 0 ? 'M' : 'L')
                        .append(point(run.get(i).time(), run.get(i).value().orElseThrow()));
            }
            svg.empty("path", "class", "line " + kind, "d", path.toString());
        }
        if (!points.isEmpty() && points.getLast().value().isPresent()) {
            var last = points.getLast();
            svg.circle("dot " + kind, x(last.time()), y(last.value().orElseThrow()), DOT - 1);
        }
    }

    private String point(Instant time, double value) {
        return Svg.number(x(time)) + " " + Svg.number(y(value));
    }

    private static List<List<BandPoint>> runs(List<BandPoint> points, Predicate<BandPoint> drawable) {
        List<List<BandPoint>> runs = new ArrayList<>();
        var goesOn = false;
        for (var point : points) {
            var drawn = drawable.test(point);
            if (drawn && !goesOn) {
                runs.add(new ArrayList<>());
            }
            if (drawn) {
                runs.getLast().add(point);
            }
            goesOn = drawn;
        }
        return runs;
    }

    /** A line across at a value. */
    void level(String kind, double value) {
        svg.line("line " + kind, 0, y(value), right - left, y(value));
    }

    /** What a pointer is told: all values at one moment, in a strip of its own for each. */
    void hints(List<Hint> hints) {
        if (!isWide()) {
            return;
        }
        for (var i = 0; i < hints.size(); i++) {
            var from = i == 0 ? 0 : (x(hints.get(i - 1).time()) + x(hints.get(i).time())) / 2;
            var to = i == hints.size() - 1
                    ? right - left
                    : (x(hints.get(i).time()) + x(hints.get(i + 1).time())) / 2;
            svg.begin(
                            "rect",
                            "class",
                            "hint",
                            "x",
                            Svg.number(from),
                            "width",
                            Svg.number(to - from),
                            "height",
                            Svg.number(bottom - top))
                    .textElement("title", hints.get(i).text())
                    .end();
        }
    }

    /**
     * What is known at a moment.
     *
     * @param text all values
     */
    record Hint(Instant time, String text) {}

    /** The whole picture. */
    String svg() {
        svg.end();
        if (isWide()) {
            var labels = names.stream()
                    .map(name -> new LineLabel(name.kind, Math.clamp(top + y(name.value), top, bottom), name.text))
                    .toList();
            LineLabel.spread(labels, top, bottom)
                    .forEach(label -> svg.label("name " + label.kind(), right + GAP, label.y() + MIDDLE, label.text()));
        }
        return svg.text();
    }
}
