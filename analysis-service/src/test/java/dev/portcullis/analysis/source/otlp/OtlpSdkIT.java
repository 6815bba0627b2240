package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.Readings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenTelemetry SDK with its own exporter as the sender. */
class OtlpSdkIT {
    private static final Arms ARMS = new Arms("service_version", "v2", null);

    private final Receiver receiver = new Receiver();
    private final OtlpSource source =
            receiver.open(new OtlpProperties("pushed", Duration.ofMinutes(2), 100), Clock.systemUTC());

    @AfterEach
    void end() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApplicationCanSendItsCountersDirectly(boolean delta) {
        try (var sdk = sdk(delta)) {
            var meter = sdk.get("shop");
            var requests =
                    meter.counterBuilder("http.requests").setUnit("{request}").build();
            var classic = meter.histogramBuilder("http.duration")
                    .setUnit("s")
                    .setExplicitBucketBoundariesAdvice(List.of(0.1, 0.3, 1.0))
                    .build();
            var exponential =
                    meter.histogramBuilder("rpc.duration").setUnit("s").build();
            for (int flush = 0; flush < 2; flush++) {
                requests.add(100, Attributes.builder().put("code", 200).build());
                classic.record(0.2);
                exponential.record(0.2);
                exponential.record(0.9);
                assertTrue(sdk.forceFlush().join(20, TimeUnit.SECONDS).isSuccess());
            }
        }
        assertEquals(200, only("http_requests_total{code=\"200\"}").value());
        assertEquals(0, only("http_duration_seconds_bucket{le=\"0.1\"}").value());
        assertEquals(2, only("http_duration_seconds_bucket{le=\"0.3\"}").value());
        assertEquals(2, only("http_duration_seconds_bucket{le=\"+Inf\"}").value());
        assertEquals(2, only("http_duration_seconds_count").value());
        Sample histogram = only("rpc_duration_seconds");
        assertEquals(4, histogram.value());
        var buckets = histogram.buckets();
        assertNotNull(buckets);
        assertEquals(4, buckets.stream().mapToDouble(Sample.Bucket::count).sum());
        assertTrue(buckets.stream().anyMatch(bucket -> bucket.lower() < 0.2 && 0.2 <= bucket.upper()));
        assertTrue(buckets.stream().anyMatch(bucket -> bucket.lower() < 0.9 && 0.9 <= bucket.upper()));
    }

    private SdkMeterProvider sdk(boolean delta) {
        var exporter = OtlpGrpcMetricExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.port())
                .setAggregationTemporalitySelector(
                        delta
                                ? AggregationTemporalitySelector.deltaPreferred()
                                : AggregationTemporalitySelector.alwaysCumulative())
                .setTimeout(Duration.ofSeconds(20))
                .build();
        return SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.version", "v2")
                        .put("service.instance.id", "a")
                        .build()))
                .registerView(
                        InstrumentSelector.builder().setName("rpc.duration").build(),
                        View.builder()
                                .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                .build())
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
    }

    private Sample only(String query) {
        var reading = assertInstanceOf(SourceReading.Series.class, Readings.of(source, Selector.parse(query), ARMS));
        assertEquals(1, reading.samples().size(), query);
        return reading.samples().getFirst();
    }
}
