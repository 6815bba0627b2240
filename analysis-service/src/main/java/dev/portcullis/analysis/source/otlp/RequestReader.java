package dev.portcullis.analysis.source.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the data points of one request. Used once. */
final class RequestReader {
    /** What the data points of all kinds have. */
    private record Head(List<KeyValue> attributes, long start, long time, int flags) {}

    private interface Body {
        Quantity read() throws RefusedPointException;
    }

    private final List<Point> points = new ArrayList<>();
    private final Refusals refusals = new Refusals();

    RequestReader(ExportMetricsServiceRequest request) {
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                Map<String, String> common = SeriesLabels.common(resource.getResource(), scope.getScope());
                scope.getMetricsList().forEach(metric -> read(metric, common));
            }
        }
    }

    /** What can be counted, in the order it was sent. */
    List<Point> points() {
        return points;
    }

    /** What cannot. */
    Refusals refusals() {
        return refusals;
    }

    private void read(Metric metric, Map<String, String> common) {
        switch (metric.getDataCase()) {
            case SUM -> sum(metric, common);
            case HISTOGRAM -> histogram(metric, common);
            case EXPONENTIAL_HISTOGRAM -> exponential(metric, common);
            case GAUGE ->
                refusals.add(Refusal.GAUGE, metric.getName(), metric.getGauge().getDataPointsCount());
            case SUMMARY ->
                refusals.add(
                        Refusal.SUMMARY, metric.getName(), metric.getSummary().getDataPointsCount());
            case DATA_NOT_SET -> {}
        }
    }

    private void sum(Metric metric, Map<String, String> common) {
        if (!metric.getSum().getIsMonotonic()) {
            refusals.add(
                    Refusal.NOT_MONOTONIC, metric.getName(), metric.getSum().getDataPointsCount());
            return;
        }
        var series = new SeriesOf(
                MetricName.counter(metric.getName(), metric.getUnit()),
                common,
                metric.getSum().getAggregationTemporality());
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
            var head = new Head(
                    point.getAttributesList(), point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(series, head, () -> Quantities.of(point));
        }
    }

    private void histogram(Metric metric, Map<String, String> common) {
        var series = new SeriesOf(
                MetricName.histogram(metric.getName(), metric.getUnit()),
                common,
                metric.getHistogram().getAggregationTemporality());
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            var head = new Head(
                    point.getAttributesList(), point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(series, head, () -> Quantities.of(point));
        }
    }

    private void exponential(Metric metric, Map<String, String> common) {
        var series = new SeriesOf(
                MetricName.histogram(metric.getName(), metric.getUnit()),
                common,
                metric.getExponentialHistogram().getAggregationTemporality());
        for (ExponentialHistogramDataPoint point :
                metric.getExponentialHistogram().getDataPointsList()) {
            var head = new Head(
                    point.getAttributesList(), point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(series, head, () -> Quantities.of(point));
        }
    }

    /** What all series of a metric share. */
    private record SeriesOf(String metric, Map<String, String> common, AggregationTemporality temporality) {}

    private void add(SeriesOf series, Head head, Body body) {
        try {
            points.add(point(series, head, body));
        } catch (RefusedPointException e) {
            refusals.add(e.refusal(), series.metric(), 1);
        }
    }

    private static Point point(SeriesOf series, Head head, Body body) throws RefusedPointException {
        boolean delta = series.temporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        if (!delta && series.temporality() != AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE) {
            throw new RefusedPointException(Refusal.NO_TEMPORALITY);
        }
        if (head.time() <= 0) {
            throw new RefusedPointException(Refusal.NO_TIME);
        }
        boolean ended = (head.flags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
        Map<String, String> labels = SeriesLabels.of(series.metric(), series.common(), head.attributes());
        return new Point(labels, delta, head.start(), head.time(), ended ? null : body.read());
    }
}
