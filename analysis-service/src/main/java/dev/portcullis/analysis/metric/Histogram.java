package dev.portcullis.analysis.metric;

import java.util.SortedSet;

/**
 * The latencies of one series as read: cumulative counts of requests no slower than its boundaries. All values are in the unit of the
 * boundaries, by convention seconds. Immutable.
 */
public sealed interface Histogram permits ClassicHistogram, NativeHistogram {
    /** All requests so far. */
    double count();

    /**
     * The finite boundaries that are of use for a threshold, all of which it {@link #has}; empty as long as nothing tells them.
     *
     * @param threshold above 0
     */
    SortedSet<Double> boundaries(double threshold);

    /** Whether it tells how many requests were no slower than this, and goes on doing so while its resolution stays. */
    boolean has(double boundary);

    /** The requests so far that were no slower than a boundary which it {@link #has}. */
    double upTo(double boundary);
}
