package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One series over time.
 *
 * @param labels all labels, among them the metric's name
 * @param points by ascending time; none where the series was stale or not there
 */
record RangeSeries(Map<String, String> labels, List<Point> points) {
    /**
     * The value at one moment.
     *
     * @param at the moment asked for, to the millisecond; the sample itself may be older
     * @param value as the server gave it; of a native histogram the count of all its observations
     * @param buckets the buckets of a native histogram that are not empty; null for a plain value
     */
    record Point(Instant at, double value, @Nullable List<Sample.Bucket> buckets) {}

    RangeSeries {
        labels = Map.copyOf(labels);
        points = List.copyOf(points);
    }

    /** One of its points as a sample of its own. */
    Sample sample(Point point) {
        return new Sample(labels, point.value(), point.buckets());
    }
}
