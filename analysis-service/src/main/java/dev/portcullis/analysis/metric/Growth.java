package dev.portcullis.analysis.metric;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The requests by which the counters of one pod grew between two readings, before good or bad requests are held against all of them. Immutable.
 *
 * @param parts for each cut the good or the bad requests, as {@link ObjectiveCounters#numerator} says; may be more than {@code total} where the two were read one after the other
 * @param total all requests
 */
public record Growth(List<Double> parts, double total) {
    /** Keeps its own copy. */
    public Growth {
        parts = List.copyOf(parts);
    }

    /** No request, at so many cuts. */
    public static Growth none(int cuts) {
        return new Growth(Collections.nCopies(cuts, 0.0), 0);
    }

    /** Both together. */
    public Growth plus(Growth more) {
        return new Growth(
                IntStream.range(0, parts.size())
                        .mapToObj(cut -> parts.get(cut) + more.parts.get(cut))
                        .toList(),
                total + more.total);
    }

    /** Whether a request of it failed at any cut. */
    public boolean failed(RatioNumerator numerator) {
        return parts.stream().anyMatch(part -> (numerator == RatioNumerator.GOOD ? total - part : part) > 0);
    }
}
