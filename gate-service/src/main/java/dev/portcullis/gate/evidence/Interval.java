package dev.portcullis.gate.evidence;

import java.util.OptionalDouble;

/**
 * Between which values the truth is, at all looks together.
 *
 * @param lower empty where the counts exclude nothing yet
 * @param upper empty where the counts exclude nothing yet
 */
public record Interval(OptionalDouble lower, OptionalDouble upper) {
    /** Nothing is known. */
    public static final Interval UNKNOWN = new Interval(OptionalDouble.empty(), OptionalDouble.empty());
}
