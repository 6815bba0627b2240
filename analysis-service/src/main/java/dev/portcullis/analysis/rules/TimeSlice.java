package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.slo.BudgetingMethod.Timeslices;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Slices of time in PromQL: one series that is recorded once per slice, 0 when it was good and 1 when it was bad. */
final class TimeSlice {
    /** A ratio of two floating-point rates that is the limit itself can come out a little above it, and such a slice is good. */
    private static final BigDecimal A_LITTLE_MORE = new BigDecimal("1.000000001");

    private static final MathContext DIGITS = new MathContext(12);
    private static final Duration A_LITTLE_LESS = Duration.ofSeconds(1);

    private TimeSlice() {}

    /** Whether the slice that ends now is bad; without requests it has no value. */
    static String isBad(BadRatio requests, Timeslices slices) {
        BigDecimal limit = BigDecimal.ONE.subtract(new BigDecimal(slices.target()).round(DIGITS));
        double bound = limit.multiply(A_LITTLE_MORE).doubleValue();
        return requests.over(slices.window()) + " > bool " + NumberText.plain(bound);
    }

    /**
     * The part of a window's slices that was bad.
     *
     * @param series the recorded slices
     * @param window whole slices
     */
    static String badAmong(String series, Duration window) {
        return "avg_over_time(" + series + "[" + DurationText.compact(justShortOf(window)) + "])";
    }

    /** The same when no slice was recorded. */
    static String badAmong(BadRatio requests, Timeslices slices, Duration window) {
        return "avg_over_time((" + isBad(requests, slices) + ")[" + DurationText.compact(justShortOf(window)) + ":"
                + DurationText.compact(slices.window()) + "])";
    }

    /** At the very beginning of a window stands the slice before it, which Prometheus 2 would count in. Never nothing, which PromQL refuses. */
    private static Duration justShortOf(Duration window) {
        return window.compareTo(A_LITTLE_LESS) > 0 ? window.minus(A_LITTLE_LESS) : window;
    }
}
