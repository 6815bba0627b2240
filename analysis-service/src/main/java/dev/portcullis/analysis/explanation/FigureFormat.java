package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as an engineer reads them: the same text on every machine. */
final class FigureFormat {
    private static final double LN_TRILLION = Math.log(1e12);

    /** Significant digits of a number that was written by a person. */
    private static final int PLAIN = 4;

    private FigureFormat() {}

    /** "47 of 9,000 requests failed (0.52 %)". */
    static String requests(Counts counts, String verb) {
        return counts.total() == 0
                ? "no requests"
                : of(counts) + " requests " + verb + " (" + percent(counts.bad() / counts.total()) + ")";
    }

    /** "51 of 81,000 (0.063 %)". */
    static String share(Counts counts) {
        return of(counts) + " (" + percent(counts.bad() / counts.total()) + ")";
    }

    private static String of(Counts counts) {
        return number(counts.bad()) + " of " + number(counts.total());
    }

    /** A ratio as "0.52 %". */
    static String percent(double ratio) {
        return twoDigits(100 * ratio, RoundingMode.HALF_UP) + " %";
    }

    /** A ratio of a policy as it was meant: "1.25 %". */
    static String limit(double ratio) {
        return NumberText.percent(ratio, PLAIN);
    }

    /** A lower bound as "0.52 %": never more than is known. */
    static String percentDown(double ratio) {
        return twoDigits(100 * ratio, RoundingMode.DOWN) + " %";
    }

    /** A factor that is a lower bound, as "3.4". */
    static String times(double factor) {
        return twoDigits(factor, RoundingMode.DOWN);
    }

    /** A number of requests that is an estimate, as "4,800". */
    static String about(double requests) {
        return twoDigits(requests, RoundingMode.HALF_UP);
    }

    /** A number as it was written: "0.3", "1.25", "2". */
    static String plain(double value) {
        return NumberText.rounded(value, PLAIN, RoundingMode.HALF_UP);
    }

    /** An e-value as a number of cases, "1,500": never more than is known, save for what exp(ln 100) loses. */
    static String cases(double logEvidence) {
        return logEvidence > LN_TRILLION ? "10^12" : twoDigits(Math.exp(logEvidence) * (1 + 1e-12), RoundingMode.DOWN);
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
        return value < 0.001 ? "less than 0.001" : twoDigits(value, RoundingMode.HALF_UP);
    }

    private static String number(double count) {
        return count == Math.rint(count)
                ? String.format(Locale.ROOT, "%,.0f", count)
                : String.format(Locale.ROOT, "%,.2f", count);
    }

    /** Two significant digits, three between 95 and 100 where the rest of the way counts. */
    private static String twoDigits(double value, RoundingMode rounding) {
        return NumberText.rounded(value, value >= 95 && value < 100 ? 3 : 2, rounding);
    }
}
