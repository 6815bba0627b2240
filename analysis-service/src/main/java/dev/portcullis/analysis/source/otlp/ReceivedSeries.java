package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one series. Cumulative points replace each other; deltas are added up from the first one on.
 *
 * <p>A sum of deltas begins at 0 again when this process is restarted or the series was forgotten. It then gets another value of {@link #SINCE_LABEL}, so that it is
 * a new series of a known pod, whose value counts from 0, and not a counter that fell, which would count everything else of the pod anew. So does a cumulative
 * one that fell and says that it was started after the last point.
 *
 * @param labels as they are given in readings
 * @param delta whether it is a sum of deltas
 * @param time of the last point, in nanoseconds since 1970
 * @param received when the last point came in, by the clock here
 * @param ended whether its sender said that there will be no more
 * @param fault why its last point cannot be counted, as the end of a sentence; null when it can
 * @param starts how many cumulative points in a row, the last one among them, say that they were started after the point before
 */
record ReceivedSeries(
        Map<String, String> labels,
        boolean delta,
        long time,
        Quantity quantity,
        Instant received,
        boolean ended,
        @Nullable String fault,
        int starts) {
    /** When the sum of a series' deltas was begun, in milliseconds since 1970. */
    static final String SINCE_LABEL = "otlp_deltas" + Sample.SINCE;

    /** A Collector that is restarted moves a start time once. */
    private static final int MOST_STARTS = 2;

    /** The series whose first point this is. */
    static ReceivedSeries begin(DataPoint point, Quantity quantity, Instant now) {
        return begin(point, quantity, now, point.delta(), 0);
    }

    private static ReceivedSeries begin(DataPoint point, Quantity quantity, Instant now, boolean anew, int starts) {
        Map<String, String> labels = new HashMap<>(point.labels());
        if (anew) {
            labels.put(SINCE_LABEL, String.valueOf(now.toEpochMilli()));
        }
        return new ReceivedSeries(
                Map.copyOf(labels), point.delta(), point.time(), quantity, now, false, point.fault(), starts);
    }

    /** Whether this is a delta that counts in part what was counted already. */
    boolean overlaps(DataPoint point) {
        return delta && point.delta() && point.start() != 0 && point.start() < time && time < point.time();
    }

    /** With one more point; unchanged by one that is not newer, such as one sent twice. */
    ReceivedSeries after(DataPoint point, Instant now) {
        if (point.time() <= time) {
            return this;
        }
        Quantity more = point.quantity();
        if (more == null) {
            return new ReceivedSeries(labels, delta, point.time(), quantity, received, true, fault, starts);
        }
        if (point.fault() != null) {
            return new ReceivedSeries(labels, delta, point.time(), quantity, now, false, point.fault(), starts);
        }
        if (delta != point.delta()) {
            return begin(point, more, now);
        }
        return delta ? plus(point, more, now) : replaced(point, more, now);
    }

    private ReceivedSeries plus(DataPoint point, Quantity more, Instant now) {
        return quantity.plus(more)
                .map(sum -> new ReceivedSeries(labels, true, point.time(), sum, now, false, null, 0))
                .orElseGet(() -> begin(point, more, now));
    }

    private ReceivedSeries replaced(DataPoint point, Quantity more, Instant now) {
        boolean startedSince = point.start() > time;
        int inRow = startedSince ? starts + 1 : 0;
        return startedSince && more.count() < quantity.count()
                ? begin(point, more, now, true, inRow)
                : new ReceivedSeries(labels, false, point.time(), more, now, false, null, inRow);
    }

    /** Whether it has ended, or nothing was heard of it for this long. */
    boolean isStale(Duration after, Instant now) {
        return ended || received.plus(after).isBefore(now);
    }

    /** When it had the value: as its sender tells, but not after it came in, for clocks differ. */
    Instant counted() {
        Instant told = Instant.EPOCH.plusNanos(time);
        return told.isBefore(received) ? told : received;
    }

    /** As Prometheus would have it. */
    List<Sample> samples() {
        List<Sample> samples = quantity.samples(labels);
        String why = fault();
        if (why == null && starts > MOST_STARTS) {
            why = "was sent with a new start time " + starts + " times in a row, each after the point before, as by a"
                    + " process of its own for each export; let one process count, or send deltas";
        }
        String told = why;
        return told == null
                ? samples
                : samples.stream().map(sample -> sample.faulty(told)).toList();
    }
}
