package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The ratios of bad requests, or of bad slices of time, over past windows. */
public sealed interface BadRatios {
    /**
     * The source answered.
     *
     * @param moment at which all windows end, whole seconds
     * @param byWindow one for each window asked for, 0 to 1; NaN, or absent, when no request was served in it
     */
    record Known(Instant moment, Map<Duration, Double> byWindow) implements BadRatios {
        public Known {
            byWindow = Map.copyOf(byWindow);
        }

        /** That of a window; NaN when it is not known. */
        public double over(Duration window) {
            return byWindow.getOrDefault(window, Double.NaN);
        }
    }

    /**
     * They could not be read this time.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements BadRatios {}

    /**
     * They can never be read as things are configured.
     *
     * @param detail why and what would help, in one line
     */
    record Unmeasurable(String detail) implements BadRatios {}
}
