package dev.portcullis.gate.console.chart;

import java.util.List;

/**
 * A ratio over its points in a line of text, with the limit it is held against.
 *
 * @param title what is drawn
 * @param ratios oldest first, evenly spaced
 * @param limit the ratio that is tolerated, above 0
 */
public record Sparkline(String title, List<Double> ratios, double limit) {
    private static final double WIDTH = 120;
    private static final double HEIGHT = 28;
    private static final double MARGIN = 3;
    private static final double ABOVE_LIMIT = 1.4;

    /** Keeps its own copy. */
    public Sparkline {
        ratios = List.copyOf(ratios);
    }

    /** The picture; the same for the same figures. */
    public String svg() {
        var last = ratios.isEmpty() ? "no request" : "now " + Figure.percent(ratios.getLast());
        var svg = Svg.image("spark", WIDTH, HEIGHT, title, last + ", limit " + Figure.limit(limit));
        svg.line("line limit", 0, y(limit), WIDTH, y(limit));
        if (!ratios.isEmpty()) {
            var path = new StringBuilder();
            for (var i = 0; i < ratios.size(); i++) {
                path.append(i == 0 ? 'M' : 'L')
                        .append(Svg.number(x(i)))
                        .append(' ')
                        .append(Svg.number(y(ratios.get(i))));
            }
            svg.empty("path", "class", "line canary", "d", path.toString());
            svg.circle("dot canary", x(ratios.size() - 1), y(ratios.getLast()), MARGIN);
        }
        return svg.text();
    }

    private double x(int point) {
        return MARGIN + (WIDTH - 2 * MARGIN) * (ratios.size() == 1 ? 1 : (double) point / (ratios.size() - 1));
    }

    private double y(double ratio) {
        var highest = Math.max(
                limit * ABOVE_LIMIT, ratios.stream().max(Double::compare).orElse(0.0));
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * ratio / highest;
    }
}
