package dev.portcullis.gate.calendar;

import java.time.Instant;

/**
 * A time at which a service may not be promoted.
 *
 * @param window the window that says so: an active Deny, or the Allow that begins next
 * @param until when the service may be promoted again, whatever other windows there are; {@link Instant#MAX} when that is not known
 */
public record Freeze(PromotionWindow window, Instant until) {}
