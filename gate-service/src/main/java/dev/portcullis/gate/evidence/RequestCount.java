package dev.portcullis.gate.evidence;

import java.util.OptionalDouble;

/**
 * Requests of one version.
 *
 * @param bad requests that failed or were too slow, 0 or more
 * @param total all requests, 0 or more
 */
public record RequestCount(double bad, double total) {
    /** The ratio of bad requests, 0 to 1; empty when there was none at all. */
    public OptionalDouble ratio() {
        return total > 0 ? OptionalDouble.of(bad / total) : OptionalDouble.empty();
    }
}
