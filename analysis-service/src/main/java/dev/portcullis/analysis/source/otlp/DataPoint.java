package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.query.Selector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One data point of a counter or a histogram, as it was sent.
 *
 * @param labels of its series, the metric's name among them
 * @param delta whether it counts what happened between start and time only; otherwise since the process was started
 * @param start nanoseconds since 1970; 0 when unknown
 * @param time nanoseconds since 1970
 * @param quantity null when the sender says that the series has ended
 * @param fault why it cannot be counted, as the end of a sentence about its series; null when it can
 */
record DataPoint(
        Map<String, String> labels,
        boolean delta,
        long start,
        long time,
        @Nullable Quantity quantity,
        @Nullable String fault) {
    /** The metric's name as it is selected by, for messages. */
    String metric() {
        return labels.getOrDefault(Selector.NAME_LABEL, "");
    }
}
