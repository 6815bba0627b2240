package dev.portcullis.analysis.slo;

import java.time.Duration;
import java.time.Instant;

/** The time over which an SLO promises its target: the {@code timeWindow} of OpenSLO. */
public sealed interface SloPeriod permits RollingPeriod, CalendarPeriod {
    /** The default: the last 30 days. */
    SloPeriod DEFAULT = ofLast(Duration.ofDays(30));

    /**
     * A period that ends now.
     *
     * @param length above 0
     */
    static SloPeriod ofLast(Duration length) {
        return new RollingPeriod(length);
    }

    /**
     * How long it is by name: of a calendar a month counts 30 days and a year 365, whichever it is. For factors and texts; what a
     * budget is held against is {@link #lengthAt}.
     */
    Duration length();

    /** Whether it ends now; otherwise it is a calendar's month, quarter and so on. */
    boolean rolling();

    /** The first moment of the period that {@code now} is in: at or before it; of a rolling one before it. */
    Instant startOf(Instant now);

    /** The end, which is no longer in it: of a calendar's after {@code now}, of a rolling one {@code now} itself. */
    Instant endOf(Instant now);

    /** How long the period really is that {@code now} is in: above 0; a month has 28 to 31 days, and an hour more or less. */
    Duration lengthAt(Instant now);
}
