package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of one series at one moment, as the source gave it.
 *
 * @param labels all labels, among them the metric's name as {@link Selector#NAME_LABEL}
 * @param value a count, or whatever the source calls one: may be NaN, infinite or negative; of a native histogram the count of all
 *     its observations
 * @param buckets the buckets of a native histogram that are not empty; null for a plain value
 */
public record Sample(
        Map<String, String> labels, double value, @Nullable List<Bucket> buckets) {
    /**
     * A bucket of a native histogram.
     *
     * @param lower its values are above this
     * @param upper and at most this
     * @param count how many there are
     */
    public record Bucket(double lower, double upper, double count) {}

    public Sample {
        labels = Map.copyOf(labels);
        buckets = buckets == null ? null : List.copyOf(buckets);
    }

    /** A plain value. */
    public Sample(Map<String, String> labels, double value) {
        this(labels, value, null);
    }
}
