package dev.portcullis.analysis.evidence;

/**
 * Requests of one arm in one window, and how many of them were bad.
 *
 * <p>Whole numbers in practice; real values are accepted. The upper limit is far above any traffic: below it, sums over
 * windows and products with the constants of the tests stay finite.
 *
 * @param bad bad requests, 0 to {@code total}
 * @param total all requests, 0 to {@link #LARGEST}
 */
public record Counts(double bad, double total) {
    /** The largest count that is accepted. */
    public static final double LARGEST = 1e300;

    /** No request at all. */
    public static final Counts NONE = new Counts(0, 0);

    /**
     * Refuses counts that cannot have been counted. Callers clamp {@code bad} to {@code total} themselves.
     *
     * @throws InvalidCountsException naming {@code bad} or {@code total}
     */
    public Counts {
        requireCount("total", total);
        requireCount("bad", bad);
        if (bad > total) {
            throw new InvalidCountsException("bad", bad, "at most total, which is " + total);
        }
        // -0.0 + 0.0 is 0.0: equal counts have equal bits.
        bad += 0.0;
        total += 0.0;
    }

    private static void requireCount(String field, double value) {
        if (!(value >= 0 && value <= LARGEST)) {
            throw new InvalidCountsException(field, value, "a finite number from 0 to " + LARGEST);
        }
    }

    /** The requests of both together. */
    public Counts plus(Counts other) {
        return new Counts(bad + other.bad, total + other.total);
    }
}
