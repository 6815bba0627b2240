package dev.portcullis.gate.console.chart;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A value at a moment, and between which bounds it is known to be.
 *
 * @param value empty when there is none
 * @param lower empty when nothing is known from below
 * @param upper empty when nothing is known from above
 */
public record BandPoint(Instant time, OptionalDouble value, OptionalDouble lower, OptionalDouble upper) {
    /** A value without bounds. */
    static BandPoint of(Instant time, double value) {
        return new BandPoint(time, OptionalDouble.of(value), OptionalDouble.empty(), OptionalDouble.empty());
    }

    boolean isBounded() {
        return lower.isPresent() || upper.isPresent();
    }

    double lowest() {
        return lower.orElse(0);
    }

    double highest() {
        return upper.orElse(1);
    }
}
