package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;

/**
 * The series that a query selects, whatever version they belong to.
 *
 * @param samples at most {@link #MOST} of them
 * @param count how many there are
 */
public record Inspection(List<Sample> samples, long count) {
    /** So many series are looked at; more would say nothing new. */
    public static final int MOST = 10_000;

    public Inspection {
        samples = List.copyOf(samples);
    }

    boolean isEmpty() {
        return count == 0;
    }
}
