package dev.portcullis.analysis.tool.detection;

import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers of a forecast: no more digits than it is good for, the same text on every machine. */
final class ForecastFormat {
    private static final int TEN = 10;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final double MOST_SECONDS = 1e12;

    private ForecastFormat() {}

    /** A count with two digits: "28,000", "0.31". */
    static String count(double value) {
        return NumberText.rounded(value, 2, RoundingMode.HALF_UP);
    }

    /** A least number with two digits, never less than it is. */
    static String atLeast(double value) {
        return NumberText.rounded(value, 2, RoundingMode.UP);
    }

    /** A number as it was given: "450", "0.5", "1,234.5". */
    static String given(double value) {
        return NumberText.rounded(value, 6, RoundingMode.HALF_UP);
    }

    /** A ratio as "0.05 %", three digits. */
    static String percent(double ratio) {
        return NumberText.percent(ratio, 3);
    }

    /** A share of simulated releases: "0 %" and "100 %" are exact. */
    static String share(double share) {
        if (share > 0 && share < 0.01) {
            return "< 1 %";
        }
        return share > 0.99 && share < 1 ? "> 99 %" : Math.round(100 * share) + " %";
    }

    /** A forecast time, rounded up: "50 s", "9 min 40 s", "43 min", "17 d". */
    static String forecast(double seconds) {
        double step = seconds < MINUTE ? 1 : seconds < TEN * MINUTE ? TEN : seconds < TEN * HOUR ? MINUTE : HOUR;
        return DurationText.rounded(
                Duration.ofSeconds((long) (step * Math.ceil(Math.min(seconds, MOST_SECONDS) / step))));
    }
}
