package dev.portcullis.gate.console.chart;

import dev.portcullis.kit.text.NumberText;
import java.util.Locale;

/**
 * How requests divide between a canary and the stable version.
 *
 * @param canary its requests, 0 or more
 * @param stable the stable version's requests, 0 or more
 */
public record ShareBar(double canary, double stable) {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 12;

    /** The picture; the same for the same figures. */
    public String svg() {
        var svg = Svg.image("share", WIDTH, HEIGHT, "Requests of both versions", text());
        var total = canary + stable;
        var part = total > 0 ? canary / total * WIDTH : 0;
        svg.rect("share-stable", 0, 0, WIDTH, HEIGHT);
        svg.rect("share-canary", 0, 0, part, HEIGHT);
        return svg.text();
    }

    /** "18,402 requests of the canary, 9.1 % of all". */
    public String text() {
        var total = canary + stable;
        if (canary <= 0 && total > 0) {
            return "no request of the canary yet";
        }
        return total > 0
                ? String.format(Locale.ROOT, "%,.0f requests of the canary, ", canary)
                        + NumberText.percent(canary / total, 2) + " of all"
                : "no request yet";
    }
}
