package dev.portcullis.analysis.source.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Messages of OTLP in few words. */
final class Messages {
    static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

    private Messages() {}

    static ExportMetricsServiceRequest request(Map<String, String> resource, List<Metric> metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(resourceMetrics(resource, metrics))
                .build();
    }

    static ResourceMetrics resourceMetrics(Map<String, String> resource, List<Metric> metrics) {
        return ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(attributes(resource)))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(metrics))
                .build();
    }

    static Metric counter(String name, AggregationTemporality temporality, List<NumberDataPoint> points) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(temporality)
                        .addAllDataPoints(points))
                .build();
    }

    static NumberDataPoint point(Map<String, String> attributes, Instant start, Instant time, long value) {
        return NumberDataPoint.newBuilder()
                .addAllAttributes(attributes(attributes))
                .setStartTimeUnixNano(nanos(start))
                .setTimeUnixNano(nanos(time))
                .setAsInt(value)
                .build();
    }

    /** A value that is perhaps no count. */
    static NumberDataPoint point(Map<String, String> attributes, Instant start, Instant time, double value) {
        return point(attributes, start, time, 0L).toBuilder().setAsDouble(value).build();
    }

    static HistogramDataPoint histogram(List<Double> bounds, List<Long> counts, Instant start, Instant time) {
        return HistogramDataPoint.newBuilder()
                .addAllExplicitBounds(bounds)
                .addAllBucketCounts(counts)
                .setCount(counts.stream().mapToLong(Long::longValue).sum())
                .setStartTimeUnixNano(nanos(start))
                .setTimeUnixNano(nanos(time))
                .build();
    }

    static List<KeyValue> attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(e -> KeyValue.newBuilder()
                        .setKey(e.getKey())
                        .setValue(AnyValue.newBuilder().setStringValue(e.getValue()))
                        .build())
                .toList();
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
