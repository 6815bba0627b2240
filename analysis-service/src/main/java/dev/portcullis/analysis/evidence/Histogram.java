package dev.portcullis.analysis.evidence;

import java.util.List;

/**
 * Latencies of one arm in one window as cumulative bucket counts.
 *
 * @param cumulative for each bucket, fastest first, the requests no slower than its boundary; the last bucket has no
 *     boundary and holds all requests. At least one value, never falling.
 */
public record Histogram(List<Double> cumulative) {
    /**
     * Refuses what is no cumulative histogram.
     *
     * @throws InvalidCountsException naming {@code cumulative} or the bucket at fault
     */
    public Histogram {
        cumulative = List.copyOf(cumulative);
        if (cumulative.isEmpty()) {
            throw new InvalidCountsException("cumulative", cumulative, "one count or more");
        }
        double previous = 0;
        for (int j = 0; j < cumulative.size(); j++) {
            double count = cumulative.get(j);
            if (!(count >= previous && count <= Counts.LARGEST)) {
                throw new InvalidCountsException(
                        "cumulative[" + j + "]",
                        count,
                        "from " + previous + " (the bucket before) to " + Counts.LARGEST);
            }
            previous = count;
        }
    }

    /** How many buckets have a boundary. */
    public int boundaries() {
        return cumulative.size() - 1;
    }

    /** All requests, and as bad ones those slower than the boundary of bucket {@code j}, counted from 0. */
    public Counts slowerThan(int j) {
        double total = cumulative.getLast();
        return new Counts(total - cumulative.get(j), total);
    }
}
