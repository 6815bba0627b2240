package dev.portcullis.demo;

import java.time.Duration;
import java.util.Locale;

/** How the demo writes numbers for people. */
final class DemoFormat {
    private static final double EVIDENCE_CAP = 1e12;
    private static final double LEAST_EVIDENCE = 0.1;
    private static final double MILLIS = 1_000;
    private static final double SHOWN_WITH_DECIMAL = 10;

    private DemoFormat() {}

    /** A ratio as a bet: "1.2 : 1", "20 : 1", "below 0.1 : 1". */
    static String odds(double ratio) {
        if (ratio >= EVIDENCE_CAP) {
            return "over 10^12 : 1";
        }
        if (ratio < LEAST_EVIDENCE) {
            return "below 0.1 : 1";
        }
        var whole = ratio >= SHOWN_WITH_DECIMAL || ratio == Math.rint(ratio);
        return String.format(Locale.ROOT, whole ? "%,.0f : 1" : "%.1f : 1", ratio);
    }

    /** A ratio of 0 to 1 in per cent, without idle zeros: "0.05 %", "10 %". */
    static String percent(double ratio) {
        var text = String.format(Locale.ROOT, "%.2f", ratio * 100);
        return text.replaceFirst("\\.?0+$", "") + " %";
    }

    /** "1.1 s", and whole seconds without a decimal: "60 s". */
    static String seconds(Duration length) {
        var text = String.format(Locale.ROOT, "%.1f", length.toMillis() / MILLIS);
        return text.replaceFirst("\\.0$", "") + " s";
    }

    /** "03:07". */
    static String clock(Duration elapsed) {
        return String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
