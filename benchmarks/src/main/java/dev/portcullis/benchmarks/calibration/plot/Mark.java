package dev.portcullis.benchmarks.calibration.plot;

import java.util.Locale;

/** What tells the series of a plot apart: a shape, and a colour that colour-blind people tell apart too (the palette of Okabe and Ito). */
enum Mark {
    BLUE("#0072b2", false) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.circle(x, y, RADIUS, fill());
        }
    },
    VERMILION("#d55e00", false) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.square(x, y, RADIUS, fill());
        }
    },
    GREEN("#009e73", false) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.polygon(corners(x, y, -1), fill());
        }
    },
    PURPLE("#cc79a7", false) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.polygon(corners(x, y, 1), fill());
        }
    },
    BLACK("#222222", true) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.circle(x, y, RADIUS, fill());
        }
    },
    ORANGE("#e69f00", true) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.square(x, y, RADIUS, fill());
        }
    },
    SKY("#56b4e9", true) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.polygon(corners(x, y, -1), fill());
        }
    },
    GREY("#777777", true) {
        @Override
        void draw(Svg svg, double x, double y) {
            svg.polygon(corners(x, y, 1), fill());
        }
    };

    private static final double RADIUS = 5;

    private final String colour;
    private final boolean hollow;

    Mark(String colour, boolean hollow) {
        this.colour = colour;
        this.hollow = hollow;
    }

    abstract void draw(Svg svg, double x, double y);

    String stroke() {
        return "stroke=\"" + colour + "\" stroke-width=\"1.5\"";
    }

    String fill() {
        return hollow ? "fill=\"#fff\" " + stroke() : "fill=\"" + colour + "\"";
    }

    /** A triangle that points up (-1) or down (1). */
    private static String corners(double x, double y, int down) {
        return String.format(
                Locale.ROOT,
                "%.1f,%.1f %.1f,%.1f %.1f,%.1f",
                x,
                y + down * RADIUS * 1.2,
                x - RADIUS * 1.1,
                y - down * RADIUS,
                x + RADIUS * 1.1,
                y - down * RADIUS);
    }
}
