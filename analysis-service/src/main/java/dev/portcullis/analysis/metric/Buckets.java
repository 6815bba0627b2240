package dev.portcullis.analysis.metric;

import java.util.List;

/**
 * The bucket boundaries at which the requests of a latency objective are cut into fast and slow ones, chosen once for an
 * analysis.
 *
 * @param boundaries rising, in the unit of the histogram; only those that are looked at
 * @param fail position of the boundary at or next above the threshold
 * @param pass position of the boundary at or next below the threshold
 * @param compared positions of those at which canary and baseline are compared
 */
public record Buckets(List<Double> boundaries, int fail, int pass, List<Integer> compared) {
    public Buckets {
        boundaries = List.copyOf(boundaries);
        compared = List.copyOf(compared);
    }
}
