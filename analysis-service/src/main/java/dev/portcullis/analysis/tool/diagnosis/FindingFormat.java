package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;

/** Numbers of a finding, with no more digits than matter. */
final class FindingFormat {
    private static final int DIGITS = 3;
    private static final int ALL = 12;

    private FindingFormat() {}

    /** A ratio as "4.1 %". */
    static String percent(double ratio) {
        return NumberText.percent(ratio, DIGITS);
    }

    /** A rate or a factor as "12.5". */
    static String figure(double value) {
        return NumberText.rounded(value, DIGITS, RoundingMode.HALF_UP);
    }

    /** A number as it is: "1,234", "0.8134", "0.3". */
    static String count(double value) {
        return Double.isFinite(value) ? NumberText.rounded(value, ALL, RoundingMode.HALF_UP) : String.valueOf(value);
    }

    /** A need as "41", never less than it is. */
    static String atLeast(double value) {
        return NumberText.rounded(value, 2, RoundingMode.UP);
    }
}
