package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Counts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers as an engineer reads them: the same text on every machine. */
final class Figures {
    private static final double LN_TRILLION = Math.log(1e12);
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double MINUTE = 60;

    private Figures() {}

    /** "47 of 9,000 requests bad (0.52 %)". */
    static String counts(Counts counts) {
        if (counts.total() == 0) {
            return "no requests";
        }
        return number(counts.bad()) + " of " + number(counts.total()) + " requests bad ("
                + twoDigits(100 * counts.bad() / counts.total()) + " %)";
    }

    /** An e-value as "3.2 : 1". */
    static String odds(double logEvidence) {
        return value(logEvidence) + " : 1";
    }

    /** An e-value as "3.2"; capped, since nothing is learnt from more. */
    static String value(double logEvidence) {
        if (logEvidence > LN_TRILLION) {
            return "more than 10^12";
        }
        // Below a thousandth, how small it is says nothing.
        var value = Math.exp(logEvidence);
        return value < 0.001 ? "less than 0.001" : twoDigits(value);
    }

    /** "2 min 15 s", "45 s", "1 h 5 min". */
    static String duration(Duration time) {
        var seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        var minutes = seconds / 60;
        if (minutes < MINUTE) {
            return minutes + " min" + rest(seconds % 60, "s");
        }
        return minutes / 60 + " h" + rest(minutes % 60, "min");
    }

    private static String rest(long rest, String unit) {
        return rest == 0 ? "" : " " + rest + " " + unit;
    }

    private static String number(double count) {
        return count == Math.rint(count)
                ? String.format(Locale.ROOT, "%,.0f", count)
                : String.format(Locale.ROOT, "%,.2f", count);
    }

    /** Two significant digits, all digits of whole numbers below a million million. */
    private static String twoDigits(double value) {
        var rounded = new BigDecimal(value).round(TWO_DIGITS).stripTrailingZeros();
        return rounded.scale() <= 0
                ? String.format(Locale.ROOT, "%,.0f", rounded.doubleValue())
                : rounded.toPlainString();
    }
}
