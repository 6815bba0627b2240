package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One series over time.
 *
 * @param labels all labels, among them the metric's name
 * @param samples by the moment asked for, to the millisecond, from which the time of the sample itself may be earlier; none where the series was stale or not there
 */
record RangeSeries(Map<String, String> labels, SortedMap<Instant, Sample> samples) {
    /** Keeps its own copies. */
    RangeSeries {
        labels = Map.copyOf(labels);
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
    }
}
