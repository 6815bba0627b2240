package dev.portcullis.benchmarks.calibration.plot;

import java.util.List;
import java.util.Locale;

/**
 * A plot of series over two axes, with a legend on the right.
 *
 * @param title above it
 * @param x the lower axis
 * @param y the left axis
 * @param series up to eight, told apart by colour and by mark
 * @param reference a line across at this value of {@code y}; NaN for none
 * @param referenceName what the line is
 */
public record Plot(String title, Axis x, Axis y, List<Series> series, double reference, String referenceName) {
    private static final int WIDTH = 880;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 280;
    private static final int TOP = 46;
    private static final int BOTTOM = HEIGHT - 60;
    private static final int LEGEND_STEP = 20;
    private static final String GRID = "stroke=\"#ddd\"";
    private static final String FRAME = "stroke=\"#555\"";
    private static final String DASHED = "stroke=\"#000\" stroke-dasharray=\"6 4\"";

    /** The plot as an SVG image. */
    public String svg() {
        var svg = new Svg(WIDTH, HEIGHT);
        svg.text(LEFT, TOP - 22, "font-size=\"15\" font-weight=\"bold\"", title);
        lowerAxis(svg);
        leftAxis(svg);
        if (!Double.isNaN(reference)) {
            svg.line(LEFT, down(reference), RIGHT, down(reference), DASHED);
            var below = TOP + 10 + series.size() * LEGEND_STEP;
            svg.line(RIGHT + 12, below, RIGHT + 28, below, DASHED);
            svg.text(RIGHT + 34, below + 4, "", referenceName);
        }
        for (var i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), Mark.values()[i]);
            legend(svg, series.get(i).name(), Mark.values()[i], TOP + 10 + i * LEGEND_STEP);
        }
        return svg.image(title);
    }

    private void lowerAxis(Svg svg) {
        x.ticks().forEach((value, label) -> {
            svg.line(across(value), TOP, across(value), BOTTOM, GRID);
            svg.text(across(value), BOTTOM + 18, "text-anchor=\"middle\"", label);
        });
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, FRAME);
        svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 42, "text-anchor=\"middle\"", x.title());
    }

    private void leftAxis(Svg svg) {
        y.ticks().forEach((value, label) -> {
            svg.line(LEFT, down(value), RIGHT, down(value), GRID);
            svg.text(LEFT - 8, down(value) + 4, "text-anchor=\"end\"", label);
        });
        svg.line(LEFT, TOP, LEFT, BOTTOM, FRAME);
        var middle = (TOP + BOTTOM) / 2.0;
        var turned = String.format(Locale.ROOT, "text-anchor=\"middle\" transform=\"rotate(-90 16 %.1f)\"", middle);
        svg.text(16, middle, turned, y.title());
    }

    private void draw(Svg svg, Series drawn, Mark mark) {
        var points = drawn.points();
        for (var i = 0; i < points.size(); i++) {
            var point = points.get(i);
            if (drawn.joined() && i > 0) {
                var before = points.get(i - 1);
                svg.line(across(before.x()), down(before.y()), across(point.x()), down(point.y()), mark.stroke());
            }
            svg.line(across(point.x()), down(point.low()), across(point.x()), down(point.high()), mark.stroke());
            mark.draw(svg, across(point.x()), down(point.y()));
        }
    }

    private static void legend(Svg svg, String name, Mark mark, double at) {
        mark.draw(svg, RIGHT + 20, at);
        svg.text(RIGHT + 34, at + 4, "", name);
    }

    private double across(double value) {
        return LEFT + (RIGHT - LEFT) * Math.clamp(x.place(value), 0, 1);
    }

    private double down(double value) {
        return BOTTOM - (BOTTOM - TOP) * Math.clamp(y.place(value), 0, 1);
    }
}
