package dev.portcullis.gate.console.chart;

import dev.portcullis.kit.text.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** SVG in the making: elements with attributes, and texts, each escaped. Not thread-safe. */
final class Svg {
    private static final String UNKNOWN = "\ufffd";

    private final StringBuilder text = new StringBuilder(4096);
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * A picture that is one image to whoever reads it aloud.
     *
     * @param kind class of the picture, beside "chart"
     * @param title its name
     * @param description what is to be seen, in a sentence or two
     */
    static Svg image(String kind, double width, double height, String title, String description) {
        return new Svg()
                .begin(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        "chart " + kind,
                        "viewBox",
                        "0 0 " + number(width) + " " + number(height),
                        "role",
                        "img")
                .textElement("title", title)
                .textElement("desc", description);
    }

    /** @param attributes names and values in turn */
    Svg begin(String element, String... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    Svg end() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** @param attributes names and values in turn */
    Svg empty(String element, String... attributes) {
        tag(element, attributes).append("/>");
        return this;
    }

    Svg line(String kind, double x1, double y1, double x2, double y2) {
        return empty("line", "class", kind, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    Svg rect(String kind, double x, double y, double width, double height) {
        return empty(
                "rect",
                "class",
                kind,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(Math.max(0, width)),
                "height",
                number(height));
    }

    Svg circle(String kind, double x, double y, double radius) {
        return empty("circle", "class", kind, "cx", number(x), "cy", number(y), "r", number(radius));
    }

    /** A text whose class says where its anchor is. */
    Svg label(String kind, double x, double y, String content) {
        return textElement("text", content, "class", kind, "x", number(x), "y", number(y));
    }

    Svg textElement(String element, String content, String... attributes) {
        tag(element, attributes).append('>');
        escape(content);
        text.append("</").append(element).append('>');
        return this;
    }

    private StringBuilder tag(String element, String... attributes) {
        text.append('<').append(element);
        for (var i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            text.append('"');
        }
        return text;
    }

    private void escape(String content) {
        PlainText.of(content).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(isXml(c) ? Character.toString(c) : UNKNOWN);
            }
        });
    }

    /** What is left after the escapes of {@link PlainText}. */
    private static boolean isXml(int c) {
        return (c & 0xfffe) != 0xfffe;
    }

    /** A coordinate to a tenth. */
    static String number(double value) {
        var tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : String.format(
                        Locale.ROOT, "%s%d.%d", tenths < 0 ? "-" : "", Math.abs(tenths) / 10, Math.abs(tenths) % 10);
    }

    /** The picture; every element has to be closed but the picture itself. */
    String text() {
        end();
        if (!open.isEmpty()) {
            throw new IllegalStateException(open + " not closed");
        }
        return text.toString();
    }
}
