package dev.portcullis.gate.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What charts are drawn in can be told from the paper, by day and by night (WCAG 2.2, AA). */
final class ChartContrastTest {
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;
    private static final Pattern COLOUR = Pattern.compile("--chart-([a-z]+): (#[0-9a-f]{6})");

    @Test
    void namesAndLinesCanBeReadOnThePaper() {
        for (var colours : schemes()) {
            for (var text : List.of("text", "soft", "canary", "stable", "bad", "good", "open")) {
                assertContrast(colours, text, TEXT);
            }
            assertContrast(colours, "base", SHAPE);
        }
    }

    private static void assertContrast(Map<String, String> colours, String name, double least) {
        var contrast = contrast(luminance(colours, name), luminance(colours, "paper"));
        assertTrue(contrast >= least, () -> name + " has " + contrast + " in " + colours);
    }

    private static List<Map<String, String>> schemes() {
        var css = StandaloneSvg.style();
        var dark = css.indexOf("prefers-color-scheme: dark");
        var schemes = List.of(colours(css.substring(0, dark)), colours(css.substring(dark)));
        assertEquals(schemes.get(0).keySet(), schemes.get(1).keySet());
        return schemes;
    }

    private static Map<String, String> colours(String css) {
        return COLOUR.matcher(css)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), (MatchResult found) -> found.group(2)));
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(Map<String, String> colours, String name) {
        var hex = String.valueOf(colours.get(name));
        var linear = DoubleStream.of(part(hex, 1), part(hex, 3), part(hex, 5)).toArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static double part(String hex, int at) {
        var value = Integer.parseInt(hex, at, at + 2, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
