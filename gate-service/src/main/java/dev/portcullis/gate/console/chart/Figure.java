package dev.portcullis.gate.console.chart;

import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;

/** Figures as charts and what stands beside them write them. Stateless. */
public final class Figure {
    private static final double LN_TRILLION = Math.log(1e12);
    private static final double SMALLEST = 0.001;
    private static final int TWO = 2;
    private static final int THREE = 3;

    private Figure() {}

    /** A ratio in per cent, two significant digits: "0.41 %"; three from 10 % on, "12.6 %". */
    public static String percent(double ratio) {
        return NumberText.percent(ratio, ratio >= 0.1 ? THREE : TWO);
    }

    /** A ratio as somebody wrote it: "1.25 %". */
    public static String limit(double ratio) {
        return NumberText.percent(ratio, 4);
    }

    /** Evidence, a natural logarithm, as odds: "6.3 : 1". */
    public static String odds(double logarithm) {
        if (logarithm > LN_TRILLION) {
            return "over 10^12 : 1";
        }
        var odds = Math.exp(logarithm);
        return odds < SMALLEST ? "under 0.001 : 1" : NumberText.rounded(odds, TWO, RoundingMode.HALF_UP) + " : 1";
    }

    /** A multiple: "2.4×". */
    public static String times(double factor) {
        return NumberText.rounded(factor, TWO, RoundingMode.HALF_UP) + "×";
    }
}
