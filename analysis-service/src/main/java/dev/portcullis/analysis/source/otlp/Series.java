package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one series. Cumulative points replace each other; deltas are added up from the first one on.
 *
 * <p>A sum of deltas begins at 0 again when this process is restarted or the series was forgotten. It then gets another value of {@link #SINCE_LABEL}, so that it is
 * a new series of a known pod, whose value counts from 0, and not a counter that fell, which would count everything else of the pod anew.
 *
 * @param labels as they are given in readings
 * @param delta whether it is a sum of deltas
 * @param time of the last point, in nanoseconds since 1970
 * @param received when the last point came in, by the clock here
 * @param ended whether its sender said that there will be no more
 */
record Series(
        Map<String, String> labels, boolean delta, long time, Quantity quantity, Instant received, boolean ended) {
    /** When the sum of a series' deltas was begun, in milliseconds since 1970. */
    static final String SINCE_LABEL = "otlp_deltas_since";

    /** The series whose first point this is. */
    static Series begin(Point point, Quantity quantity, Instant now) {
        Map<String, String> labels = new HashMap<>(point.labels());
        if (point.delta()) {
            labels.put(SINCE_LABEL, String.valueOf(now.toEpochMilli()));
        }
        return new Series(Map.copyOf(labels), point.delta(), point.time(), quantity, now, false);
    }

    /** Whether this is a delta that counts in part what was counted already. */
    boolean overlaps(Point point) {
        return delta && point.delta() && point.start() != 0 && point.start() < time && time < point.time();
    }

    /** With one more point; unchanged by one that is not newer, such as one sent twice. */
    Series after(Point point, Instant now) {
        if (point.time() <= time) {
            return this;
        }
        Quantity more = point.quantity();
        if (more == null) {
            return new Series(labels, delta, point.time(), quantity, received, true);
        }
        if (delta != point.delta()) {
            return begin(point, more, now);
        }
        return delta
                ? quantity.plus(more)
                        .map(sum -> new Series(labels, true, point.time(), sum, now, false))
                        .orElseGet(() -> begin(point, more, now))
                : new Series(labels, false, point.time(), more, now, false);
    }

    /** Whether it has ended, or nothing was heard of it for this long. */
    boolean isStale(Duration after, Instant now) {
        return ended || received.plus(after).isBefore(now);
    }

    /** As Prometheus would have it. */
    List<Sample> samples() {
        return quantity.samples(labels);
    }
}
