package dev.portcullis.analysis.inspection;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;
import java.util.List;

/**
 * The series that a query selects, whatever version they belong to.
 *
 * @param timed at most {@link #MOST} of them
 * @param count how many there are
 */
public record SelectedSeries(List<TimedSample> timed, long count) {
    /** So many series are looked at; more would say nothing new. */
    public static final int MOST = 10_000;

    /** No series at all. */
    public static final SelectedSeries EMPTY = new SelectedSeries(List.of(), 0);

    public SelectedSeries {
        timed = List.copyOf(timed);
    }

    /** Series that were all read at one moment. */
    public static SelectedSeries at(Instant moment, List<Sample> samples, long count) {
        return new SelectedSeries(
                samples.stream().map(sample -> new TimedSample(sample, moment)).toList(), count);
    }

    /** The samples without their times. */
    public List<Sample> samples() {
        return timed.stream().map(TimedSample::sample).toList();
    }

    /** Whether the query selects nothing. */
    public boolean isEmpty() {
        return count == 0;
    }
}
