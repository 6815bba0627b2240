package dev.portcullis.benchmarks.calibration.plot;

import java.util.Locale;

/** An SVG image in the making. Coordinates are pixels from the upper left corner; numbers are written to a tenth. Not thread-safe. */
final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, style);
    }

    void circle(double x, double y, double radius, String style) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" %s/>", x, y, radius, style);
    }

    void square(double x, double y, double half, String style) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>",
                x - half, y - half, 2 * half, 2 * half, style);
    }

    void polygon(String points, String style) {
        add("<polygon points=\"%s\" %s/>", points, style);
    }

    void text(double x, double y, String style, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>", x, y, style, escaped(text));
    }

    private void add(String format, Object... values) {
        body.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole image, on a white ground so that it can be read on a dark page too. */
    String image(String title) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                                + "font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\" role=\"img\">\n",
                        width,
                        height,
                        width,
                        height)
                + "  <title>" + escaped(title) + "</title>\n"
                + "  <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                + body
                + "</svg>\n";
    }
}
