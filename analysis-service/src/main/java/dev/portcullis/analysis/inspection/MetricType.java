package dev.portcullis.analysis.inspection;

import java.util.Locale;

/** What a metric was declared to be by whoever exports it. */
public enum MetricType {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    /** An information or a state, whose value is 1 or 0. */
    STATE,
    /** Nothing was declared, or the source does not pass it on. */
    UNKNOWN;

    /** The type that a word of the text formats means; {@link #UNKNOWN} for any that is not known. */
    public static MetricType ofWord(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "counter" -> COUNTER;
            case "gauge", "gaugehistogram" -> GAUGE;
            case "histogram" -> HISTOGRAM;
            case "summary" -> SUMMARY;
            case "info", "stateset" -> STATE;
            default -> UNKNOWN;
        };
    }
}
