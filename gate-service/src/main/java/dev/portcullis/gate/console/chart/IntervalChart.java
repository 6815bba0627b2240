package dev.portcullis.gate.console.chart;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many times as bad as something else a canary is: between which multiples it is known to be, beside the one that is tolerated, on an axis of multiples.
 *
 * @param of what the multiples are of, e.g. "the stable version"
 * @param value the multiple that was counted, 0 or more; empty when there is none
 * @param lower above 0; empty when nothing is known from below
 * @param upper above 0; empty when nothing is known from above
 * @param tolerated above 0
 */
public record IntervalChart(
        String of, OptionalDouble value, OptionalDouble lower, OptionalDouble upper, double tolerated) {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 62;
    private static final double MARGIN = 22;
    private static final double TOP = 18;
    private static final double BOTTOM = 42;
    private static final double MIDDLE = 30;
    private static final double BAR = 8;
    private static final double TEXT_ABOVE = 6;
    private static final double TEXT_BELOW = 16;

    /** What the interval says of the tolerated multiple. */
    private enum Finding {
        BEYOND("the whole interval is beyond what is tolerated"),
        WITHIN("the whole interval is within what is tolerated"),
        OPEN("what is tolerated is inside of the interval");

        private final String words;

        Finding(String words) {
            this.words = words;
        }
    }

    private Finding finding() {
        if (lower.isPresent() && lower.getAsDouble() > tolerated) {
            return Finding.BEYOND;
        }
        return upper.isPresent() && upper.getAsDouble() <= tolerated ? Finding.WITHIN : Finding.OPEN;
    }

    /** The picture; the same for the same figures. */
    public String svg() {
        var axis = axis();
        var svg = Svg.image("interval", WIDTH, HEIGHT, "Bad requests as a multiple of " + of, description());
        var limit = x(axis, tolerated);
        svg.rect("region", limit, TOP, WIDTH - MARGIN - limit, BOTTOM - TOP);
        svg.line("base", MARGIN, BOTTOM, WIDTH - MARGIN, BOTTOM);
        axis.ticks().forEach(tick -> {
            var x = MARGIN + tick.place() * (WIDTH - 2 * MARGIN);
            svg.line("mark", x, BOTTOM, x, BOTTOM + 4);
            svg.label("tick middle", x, BOTTOM + TEXT_BELOW, tick.label());
        });
        svg.line("same", x(axis, 1), TOP, x(axis, 1), BOTTOM);
        svg.line("line limit", limit, TOP, limit, BOTTOM);
        label(svg, limit);
        bar(svg, axis);
        return svg.text();
    }

    private void label(Svg svg, double x) {
        var text = "tolerated " + Figure.times(tolerated);
        var half = TextWidth.of(text) / 2;
        svg.label("name limit middle", Math.clamp(x, half, WIDTH - half), TOP - TEXT_ABOVE, text);
    }

    private void bar(Svg svg, MultipleAxis axis) {
        if (lower.isPresent() || upper.isPresent()) {
            var from = x(axis, lower.orElse(0));
            var to = x(axis, upper.orElse(Double.POSITIVE_INFINITY));
            svg.rect("bar " + kind(), from, MIDDLE - BAR / 2, Math.max(2, to - from), BAR);
            if (lower.isEmpty() || axis.place(lower.getAsDouble()) < 0) {
                arrow(svg, from, -BAR);
            }
            if (upper.isEmpty() || axis.place(upper.getAsDouble()) > 1) {
                arrow(svg, to, BAR);
            }
        }
        value.ifPresent(multiple -> svg.circle("dot " + kind(), x(axis, multiple), MIDDLE, 5));
    }

    /** It goes on beyond the axis. */
    private void arrow(Svg svg, double x, double length) {
        var path = "M" + Svg.number(x) + " " + Svg.number(MIDDLE - BAR) + "L" + Svg.number(x + length) + " "
                + Svg.number(MIDDLE) + "L" + Svg.number(x) + " " + Svg.number(MIDDLE + BAR) + "Z";
        svg.empty("path", "class", "bar " + kind(), "d", path);
    }

    private String kind() {
        return finding().name().toLowerCase(Locale.ROOT);
    }

    private MultipleAxis axis() {
        var all = List.of(tolerated / 2, value.orElse(1), lower.orElse(1), upper.orElse(1), tolerated * 2);
        return MultipleAxis.covering(
                all.stream()
                        .filter(multiple -> multiple > 0)
                        .min(Double::compare)
                        .orElse(1.0),
                all.stream().max(Double::compare).orElse(1.0));
    }

    private static double x(MultipleAxis axis, double multiple) {
        return MARGIN + Math.clamp(axis.place(multiple), 0, 1) * (WIDTH - 2 * MARGIN);
    }

    private String description() {
        var known = lower.isEmpty() && upper.isEmpty()
                ? "Nothing is known yet"
                : "Between " + (lower.isPresent() ? Figure.times(lower.getAsDouble()) : "0×") + " and "
                        + (upper.isPresent() ? Figure.times(upper.getAsDouble()) : "any number of times") + ": "
                        + finding().words;
        return (value.isPresent() ? "Counted " + Figure.times(value.getAsDouble()) + ". " : "") + known + "; tolerated "
                + Figure.times(tolerated) + ".";
    }
}
