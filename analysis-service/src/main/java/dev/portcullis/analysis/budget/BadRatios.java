package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.util.Map;

/** The ratios of bad requests over past windows that end now. */
public sealed interface BadRatios {
    /**
     * The source answered.
     *
     * @param byWindow one for each window asked for, 0 to 1; NaN when no request was served in it
     */
    record Known(Map<Duration, Double> byWindow) implements BadRatios {
        public Known {
            byWindow = Map.copyOf(byWindow);
        }

        /** That of a window; NaN when it is not known. */
        public double over(Duration window) {
            return byWindow.getOrDefault(window, Double.NaN);
        }
    }

    /**
     * They could not be read.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements BadRatios {}
}
