package dev.portcullis.gate.calendar;

import java.time.Instant;

/**
 * A stretch of time that lies wholly inside a schedule, or wholly outside of it.
 *
 * @param inside whether it lies inside
 * @param from its beginning, inclusive, as far as it was looked for; outside of a schedule it may have begun earlier
 * @param until its end, exclusive; {@link Instant#MAX} when none is known
 */
public record Span(boolean inside, Instant from, Instant until) {
    boolean has(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
