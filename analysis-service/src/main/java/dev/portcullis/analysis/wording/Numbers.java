package dev.portcullis.analysis.wording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers and times as text, with no more digits than are asked for. */
public final class Numbers {
    private static final MathContext MEANT = new MathContext(12);
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    private Numbers() {}

    /**
     * A number as "28,000" or "0.31".
     *
     * @param value finite
     * @param digits significant ones, 1 or more; zeros at the end are left out
     */
    public static String rounded(double value, int digits, RoundingMode rounding) {
        // What binary fractions add in the last places is not a digit: 0.1 + 0.2 is not to be rounded up to 0.31.
        BigDecimal meant = new BigDecimal(value).round(MEANT);
        BigDecimal rounded = meant.round(new MathContext(digits, rounding)).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /** A time as "45 s", "9 min 30 s", "1 h 5 min", "2 d 3 h"; a negative one as "0 s". */
    public static String duration(Duration time) {
        long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min" + rest(seconds % MINUTE, "s");
        }
        return seconds < DAY
                ? seconds / HOUR + " h" + rest(seconds % HOUR / MINUTE, "min")
                : seconds / DAY + " d" + rest(seconds % DAY / HOUR, "h");
    }

    private static String rest(long rest, String unit) {
        return rest == 0 ? "" : " " + rest + " " + unit;
    }
}
