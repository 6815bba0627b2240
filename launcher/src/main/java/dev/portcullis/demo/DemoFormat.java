package dev.portcullis.demo;

import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.Locale;

/** How the demo writes numbers for people. */
final class DemoFormat {
    private static final double EVIDENCE_CAP = 1e12;
    private static final double LEAST_EVIDENCE = 0.1;
    private static final double SHOWN_WITH_DECIMAL = 10;
    private static final int DIGITS = 4;

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
        return NumberText.percent(ratio, DIGITS);
    }

    /** "03:07". */
    static String clock(Duration elapsed) {
        return String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
