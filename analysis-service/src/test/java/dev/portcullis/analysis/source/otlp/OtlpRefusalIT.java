package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.usecase.ManualClock;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OtlpRefusalIT {
    private final ManualClock clock = new ManualClock();
    private final Instant now = clock.instant();
    private final Receiver receiver = new Receiver();
    private final NumberDataPoint point = Messages.point(Map.of(), now, now, 1);

    @BeforeEach
    void open() {
        receiver.open(new OtlpProperties("pushed", Duration.ofMinutes(2), 10), clock);
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void whatIsNoCounterIsRefusedWithAReasonAndCounted() {
        Metric good = Messages.counter("good", Messages.CUMULATIVE, List.of(point));
        Metric gauge = Metric.newBuilder()
                .setName("queue.length")
                .setGauge(Gauge.newBuilder().addDataPoints(point).addDataPoints(point))
                .build();
        var answer = receiver.send(Messages.request(Map.of(), List.of(good, gauge)));
        assertEquals(2, answer.getRejectedDataPoints());
        assertEquals("2 points such as queue.length: a gauge is not a counter", answer.getErrorMessage());
        assertEquals(1, receiver.points("taken"));
        assertEquals(2, receiver.points("gauge"));
    }

    @Test
    void aSumThatMayFallIsRefused() {
        Metric metric = Messages.counter("active", Messages.CUMULATIVE, List.of(point));
        assertRefused(
                RejectionReason.NOT_MONOTONIC,
                metric.toBuilder()
                        .setSum(metric.getSum().toBuilder().setIsMonotonic(false))
                        .build());
    }

    @Test
    void aSummaryIsRefused() {
        var summary = Summary.newBuilder().addDataPoints(SummaryDataPoint.getDefaultInstance());
        assertRefused(
                RejectionReason.SUMMARY,
                Metric.newBuilder().setName("old").setSummary(summary).build());
    }

    @Test
    void valuesTimesAndTemporalitiesThatSayNothingAreRefused() {
        var unspecified = AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED;
        assertRefused(RejectionReason.NO_TEMPORALITY, Messages.counter("a", unspecified, List.of(point)));
        assertRefused(
                RejectionReason.NO_TIME,
                cumulative(point.toBuilder().setTimeUnixNano(0).build()));
        assertRefused(
                RejectionReason.IN_FUTURE,
                cumulative(Messages.point(Map.of(), now, now.plus(Duration.ofMinutes(11)), 1)));
        assertRefused(RejectionReason.NO_COUNT, cumulative(Messages.point(Map.of(), now, now, -1)));
        assertRefused(
                RejectionReason.NO_COUNT,
                cumulative(point.toBuilder().setAsDouble(Double.NaN).build()));
        assertRefused(
                RejectionReason.TOO_LARGE, cumulative(Messages.point(Map.of("long", "x".repeat(9000)), now, now, 1)));
    }

    @Test
    void brokenHistogramsAreRefused() {
        assertRefused(RejectionReason.MALFORMED, histogram(List.of(0.1, 0.3), List.of(1L, 2L)));
        assertRefused(RejectionReason.MALFORMED, histogram(List.of(0.3, 0.1), List.of(1L, 2L, 3L)));
        assertRefused(RejectionReason.NO_COUNT, histogram(List.of(0.1), List.of(-1L, 2L)));
        assertRefused(
                RejectionReason.TOO_COARSE,
                exponential(ExponentialHistogramDataPoint.newBuilder().setScale(-5)));
        assertRefused(
                RejectionReason.MALFORMED,
                exponential(ExponentialHistogramDataPoint.newBuilder().setCount(3)));
    }

    @Test
    void withoutADataSourceEverythingIsRefused() {
        try (var nobody = new Receiver()) {
            var answer = nobody.send(Messages.request(Map.of(), List.of(cumulative(point))));
            assertEquals(
                    "1 points such as a_total: no DataSource of type OTLP is configured", answer.getErrorMessage());
        }
    }

    @Test
    void anExportThatIsTooLargeIsToldTheLimitWhetherItIsCompressedOrNot() {
        var point = Messages.point(Map.of("path", "/".repeat(1_000)), now, now, 1);
        var request = Messages.request(
                Map.of(), List.of(Messages.counter("a", Messages.CUMULATIVE, Collections.nCopies(9_000, point))));
        assertTooLarge(() -> receiver.sendCompressed(request));
        assertTooLarge(() -> receiver.send(request));
    }

    private static void assertTooLarge(Executable send) {
        var error = assertThrows(StatusRuntimeException.class, send);
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, error.getStatus().getCode(), error.getMessage());
        assertEquals(
                "the message has more than 8388608 bytes uncompressed, the most that are taken; send it in parts",
                error.getStatus().getDescription());
    }

    @Test
    void aNameWithControlCharactersIsShownOnOneLine() {
        var gauge = Gauge.newBuilder().addDataPoints(NumberDataPoint.getDefaultInstance());
        var name = "a\0b\r\nc" + "x".repeat(10_000);
        var answer = receiver.send(Messages.request(
                Map.of(),
                List.of(Metric.newBuilder().setName(name).setGauge(gauge).build())));
        assertTrue(
                answer.getErrorMessage().startsWith("1 points such as a\\u0000b\\u000d cxxx"), answer::getErrorMessage);
        assertTrue(answer.getErrorMessage().length() < 200, answer::getErrorMessage);
    }

    private static Metric cumulative(NumberDataPoint point) {
        return Messages.counter("a", Messages.CUMULATIVE, List.of(point));
    }

    private Metric histogram(List<Double> bounds, List<Long> counts) {
        var points = Messages.histogram(bounds, counts, now, now);
        return Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(Messages.CUMULATIVE)
                        .addDataPoints(points))
                .build();
    }

    private Metric exponential(ExponentialHistogramDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(Messages.CUMULATIVE)
                        .addDataPoints(point.setTimeUnixNano(Messages.nanos(now))))
                .build();
    }

    private void assertRefused(RejectionReason reason, Metric metric) {
        var answer = receiver.send(Messages.request(Map.of(), List.of(metric)));
        assertEquals(1, answer.getRejectedDataPoints());
        assertTrue(answer.getErrorMessage().endsWith(reason.reason()), answer::getErrorMessage);
    }
}
