package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Selector;
import java.time.Instant;
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
 * @param processStart when the process that counts it was started, in seconds since 1970; 0 when the source does not tell
 * @param time when it had this value; null when the source does not tell, and it is of the moment it was read at
 * @param fault why it cannot be counted whatever its value is, as the end of a sentence; null when nothing but the value matters
 */
public record Sample(
        Map<String, String> labels,
        double value,
        @Nullable List<Bucket> buckets,
        double processStart,
        @Nullable Instant time,
        @Nullable String fault) {
    /** How the name of the label ends by which a source that adds up by itself tells when it began: its series are there only when something happened. */
    public static final String SINCE = "_since";

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

    /** A value, or a native histogram, of a process whose start is not known. */
    public Sample(Map<String, String> labels, double value, @Nullable List<Bucket> buckets) {
        this(labels, value, buckets, 0, null, null);
    }

    /** A plain value. */
    public Sample(Map<String, String> labels, double value) {
        this(labels, value, null);
    }

    /** The same with what is known of its process. */
    public Sample startedAt(double start) {
        return new Sample(labels, value, buckets, start, time, fault);
    }

    /** The same of the series with these labels. */
    public Sample labelled(Map<String, String> all) {
        return new Sample(all, value, buckets, processStart, time, fault);
    }

    /** The same with the time when it had this value. */
    public Sample at(Instant moment) {
        return new Sample(labels, value, buckets, processStart, moment, fault);
    }

    /** The same as one that cannot be counted. */
    public Sample faulty(String why) {
        return new Sample(labels, value, buckets, processStart, time, why);
    }
}
