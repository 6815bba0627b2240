package dev.portcullis.analysis.rules;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** How PromQL writes numbers and durations. */
final class PromQlLiterals {
    /** What binary fractions add in the last places is no digit: 99.9 % is 0.999. */
    private static final MathContext DIGITS = new MathContext(12);

    private PromQlLiterals() {}

    /** A decimal of at most twelve digits without an exponent: "0.001", "14.4", "30". */
    static String number(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Whole seconds with units, largest first: "5m", "1h4m", "30d". */
    static String duration(Duration duration) {
        String text = part(duration.toDays(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
