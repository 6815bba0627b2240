package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of the style sheet can be told from what is behind them, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11). */
final class ContrastTest {
    private static final double TEXT = 4.5;
    private static final double EDGE = 3;

    private static final List<List<String>> TEXTS = List.of(
            List.of("text", "ground"),
            List.of("text", "surface"),
            List.of("text", "sunken"),
            List.of("muted", "ground"),
            List.of("muted", "surface"),
            List.of("muted", "sunken"),
            List.of("accent", "ground"),
            List.of("accent", "surface"),
            List.of("on-accent", "accent"),
            List.of("good", "good-ground"),
            List.of("good", "surface"),
            List.of("wait", "wait-ground"),
            List.of("wait", "surface"),
            List.of("wait", "sunken"),
            List.of("wait", "ground"),
            List.of("bad", "bad-ground"),
            List.of("bad", "surface"),
            List.of("bad", "ground"),
            List.of("quiet", "quiet-ground"),
            List.of("quiet", "surface"));

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textAndEdgesStandOut(int scheme) throws IOException {
        var colours = schemes().get(scheme);
        TEXTS.forEach(pair -> assertContrast(colours, pair.getFirst(), pair.getLast(), TEXT));
        assertContrast(colours, "edge", "surface", EDGE);
        assertContrast(colours, "edge", "ground", EDGE);
    }

    private static void assertContrast(Map<String, String> colours, String front, String back, double least) {
        var one = luminance(colours.get(front));
        var other = luminance(colours.get(back));
        var ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        assertTrue(ratio >= least, front + " on " + back + ": " + ratio);
    }

    /** The colours by name: first of the light scheme, then of the dark one. */
    private static List<Map<String, String>> schemes() throws IOException {
        try (var stream = ContrastTest.class.getResourceAsStream("/console/console.css")) {
            assertNotNull(stream);
            var css = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            var dark = css.indexOf("prefers-color-scheme: dark");
            var light = colours(css.substring(0, dark));
            var other = colours(css.substring(dark, css.indexOf("box-sizing")));
            assertEquals(light.keySet(), other.keySet());
            return List.of(light, other);
        }
    }

    private static Map<String, String> colours(String css) {
        Map<String, String> colours = new HashMap<>();
        Pattern.compile("--([a-z-]+): #([0-9a-f]{6});")
                .matcher(css)
                .results()
                .forEach(found -> colours.put(found.group(1), found.group(2)));
        return colours;
    }

    private static double luminance(String hex) {
        return 0.2126 * linear(hex.substring(0, 2))
                + 0.7152 * linear(hex.substring(2, 4))
                + 0.0722 * linear(hex.substring(4));
    }

    private static double linear(String hex) {
        var value = Integer.parseInt(hex, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
