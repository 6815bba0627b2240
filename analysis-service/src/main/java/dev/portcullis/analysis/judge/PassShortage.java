package dev.portcullis.analysis.judge;

import java.util.OptionalDouble;

/**
 * A PASS that the traffic cannot bring before the deadline, even if no request of the canary fails.
 *
 * @param objective the one whose test needs most
 * @param kind which of its tests
 * @param needed canary requests, counted from the beginning of the run; empty when no number is enough
 * @param coming canary requests up to the deadline, those that have come included, 0 or more; less than {@code needed}
 */
public record PassShortage(String objective, TestKind kind, OptionalDouble needed, double coming) {
    double fewest() {
        return needed.orElse(Double.POSITIVE_INFINITY);
    }
}
