package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.CounterReading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reading and when it was taken.
 *
 * @param moment that its counters were asked for
 */
public record TimedReading(Instant moment, CounterReading reading) {
    /** When its counters stood so, by the times of their samples where the sources tell them. */
    Instant counted() {
        var told = told();
        return told != null && told.isBefore(moment) ? told : moment;
    }

    /** Whether the samples tell their times. */
    boolean tellsMoment() {
        return told() != null;
    }

    private @Nullable Instant told() {
        return reading instanceof CounterReading.Counters counters ? counters.moment() : null;
    }
}
