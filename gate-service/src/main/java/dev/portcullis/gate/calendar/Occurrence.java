package dev.portcullis.gate.calendar;

import java.time.Instant;

/**
 * One time of a promotion window.
 *
 * @param from its beginning; of one that is under way, not before it was looked for
 * @param until its end, exclusive; {@link Instant#MAX} when none is known
 */
public record Occurrence(PromotionWindow window, Instant from, Instant until) {}
