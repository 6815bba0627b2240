package dev.portcullis.gate.console.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A chart as a file of its own with its style inside, as the golden pictures are kept. */
public final class StandaloneSvg {
    private static final String STYLE = style();

    private StandaloneSvg() {}

    /** The style sheet of charts, for pages. */
    public static String style() {
        try (InputStream sheet = StandaloneSvg.class.getResourceAsStream("/console/chart.css")) {
            if (sheet == null) {
                throw new IllegalStateException("console/chart.css is not on the class path");
            }
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param svg a picture of this package */
    public static String of(String svg) {
        var inside = svg.indexOf('>') + 1;
        return svg.substring(0, inside) + "<style>" + STYLE
                + "</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>" + svg.substring(inside) + "\n";
    }
}
