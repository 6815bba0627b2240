package dev.portcullis.kit.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people and query languages read them: the same text on every machine. Stateless. */
public final class NumberText {
    /** What binary fractions add in the last places is no digit: 0.1 + 0.2 is not to be rounded up to 0.31, and 99.9 % is 0.999. */
    private static final MathContext DIGITS = new MathContext(12);

    private NumberText() {}

    /**
     * A number as "28,000" or "0.31".
     *
     * @param value finite
     * @param digits significant ones, 1 or more; zeros at the end are left out
     */
    public static String rounded(double value, int digits, RoundingMode rounding) {
        var rounded = decimal(value).round(new MathContext(digits, rounding)).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /**
     * A ratio in per cent, rounded half up: "0.52 %".
     *
     * @param ratio finite; 1 is "100 %"
     * @param digits significant ones, 1 or more; zeros at the end are left out
     */
    public static String percent(double ratio, int digits) {
        return rounded(100 * ratio, digits, RoundingMode.HALF_UP) + " %";
    }

    /**
     * A number without separators or an exponent, which programs read too: "0.001", "14.4", "1000".
     *
     * @param value finite; at most twelve significant digits are kept
     */
    public static String plain(double value) {
        return decimal(value).stripTrailingZeros().toPlainString();
    }

    /**
     * How many there are of something: "1 window", "3 windows".
     *
     * @param noun in the singular; its plural has an s
     */
    public static String counted(long number, String noun) {
        return counted(number, noun, noun + "s");
    }

    /** The same of a noun with another plural: "1 series", "2 series". */
    public static String counted(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(value).round(DIGITS);
    }
}
