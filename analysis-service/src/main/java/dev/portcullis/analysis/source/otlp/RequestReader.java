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
import java.util.TreeMap;

/** Reads the data points of one request. Used once. */
final class RequestReader {
    private static final Quantity NO_BUCKETS = new ExplicitBuckets(List.of(), List.of(0L));
    private static final Quantity NO_EXPONENTIAL_BUCKETS =
            new ExponentialBuckets(0, ExponentialBuckets.SMALLEST_THRESHOLD, 0, new TreeMap<>());

    /** What the data points of all kinds have. */
    private record Head(List<KeyValue> attributes, long start, long time, int flags) {}

    private interface Body {
        Quantity read() throws RejectedPointException;
    }

    private final List<DataPoint> points = new ArrayList<>();
    private final List<DataPoint> faulty = new ArrayList<>();
    private final RejectedPoints rejected = new RejectedPoints();

    RequestReader(ExportMetricsServiceRequest request) {
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                Map<String, String> common = OtlpLabels.common(resource.getResource(), scope.getScope());
                scope.getMetricsList().forEach(metric -> read(metric, common));
            }
        }
    }

    /** What can be counted, in the order it was sent. */
    List<DataPoint> points() {
        return points;
    }

    /** The points that cannot be taken, though it is known of which series they are; their quantities are empty. They are among the refusals. */
    List<DataPoint> faulty() {
        return faulty;
    }

    /** What cannot. */
    RejectedPoints rejected() {
        return rejected;
    }

    private void read(Metric metric, Map<String, String> common) {
        switch (metric.getDataCase()) {
            case SUM -> sum(metric, common);
            case HISTOGRAM -> histogram(metric, common);
            case EXPONENTIAL_HISTOGRAM -> exponential(metric, common);
            case GAUGE ->
                rejected.add(
                        RejectionReason.GAUGE,
                        metric.getName(),
                        metric.getGauge().getDataPointsCount());
            case SUMMARY ->
                rejected.add(
                        RejectionReason.SUMMARY,
                        metric.getName(),
                        metric.getSummary().getDataPointsCount());
            case DATA_NOT_SET -> {}
        }
    }

    private void sum(Metric metric, Map<String, String> common) {
        var series = new SeriesOf(
                MetricName.counter(metric.getName(), metric.getUnit()),
                common,
                metric.getSum().getAggregationTemporality());
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
            var head = new Head(
                    point.getAttributesList(), point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(series, head, new Count(0), () -> {
                if (!metric.getSum().getIsMonotonic()) {
                    throw new RejectedPointException(RejectionReason.NOT_MONOTONIC);
                }
                return Quantities.of(point);
            });
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
            add(series, head, NO_BUCKETS, () -> Quantities.of(point));
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
            add(series, head, NO_EXPONENTIAL_BUCKETS, () -> Quantities.of(point));
        }
    }

    /** What all series of a metric share. */
    private record SeriesOf(String metric, Map<String, String> common, AggregationTemporality temporality) {}

    private void add(SeriesOf series, Head head, Quantity nothing, Body body) {
        try {
            points.add(point(series, head, nothing, body));
        } catch (RejectedPointException e) {
            rejected.add(e.reason(), series.metric(), 1);
        }
    }

    private DataPoint point(SeriesOf series, Head head, Quantity nothing, Body body) throws RejectedPointException {
        if (head.time() <= 0) {
            throw new RejectedPointException(RejectionReason.NO_TIME);
        }
        boolean delta = series.temporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        boolean ended = (head.flags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
        Map<String, String> labels = OtlpLabels.of(series.metric(), series.common(), head.attributes());
        try {
            if (!delta && series.temporality() != AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE) {
                throw new RejectedPointException(RejectionReason.NO_TEMPORALITY);
            }
            return new DataPoint(labels, delta, head.start(), head.time(), ended ? null : body.read(), null);
        } catch (RejectedPointException e) {
            faulty.add(new DataPoint(labels, delta, head.start(), head.time(), nothing, e.ofSeries()));
            throw e;
        }
    }
}
