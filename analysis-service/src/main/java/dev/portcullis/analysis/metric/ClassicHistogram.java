package dev.portcullis.analysis.metric;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A histogram of {@code _bucket} counters.
 *
 * @param upTo for each boundary the requests no slower than it; infinity, with all of them, is among the boundaries
 */
public record ClassicHistogram(SortedMap<Double, Double> upTo) implements Histogram {
    /**
     * Keeps its own copy.
     *
     * @throws IllegalArgumentException when the boundary infinity is missing
     */
    public ClassicHistogram {
        upTo = Collections.unmodifiableSortedMap(new TreeMap<>(upTo));
        if (!upTo.containsKey(Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no bucket le=\"+Inf\" in " + upTo);
        }
    }

    @Override
    public double count() {
        return upTo(Double.POSITIVE_INFINITY);
    }

    @Override
    public SortedSet<Double> boundaries(double threshold) {
        return new TreeSet<>(upTo.headMap(Double.POSITIVE_INFINITY).keySet());
    }

    @Override
    public boolean has(double boundary) {
        return upTo.containsKey(boundary);
    }

    @Override
    public double upTo(double boundary) {
        return upTo.getOrDefault(boundary, 0.0);
    }
}
