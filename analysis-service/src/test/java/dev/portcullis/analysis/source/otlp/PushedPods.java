package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.CounterSourceContract;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.usecase.ManualClock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Simulated pods whose counters a Collector sends in before each reading, over real gRPC. What it cannot send at once it keeps for later. */
final class PushedPods implements CounterSourceContract.Surroundings {
    private final AggregationTemporality temporality;
    private final Duration every;
    private final ManualClock clock = new ManualClock();
    private final Receiver receiver = new Receiver();
    private final OtlpSource source = receiver.open(new OtlpProperties("pushed", Duration.ofMinutes(2), 1000), clock);
    private final Set<SimulatedPod> pods = new LinkedHashSet<>();
    private final Map<SimulatedPod, Map<String, Long>> sent = new HashMap<>();
    private final Map<SimulatedPod, Instant> sentAt = new HashMap<>();
    private boolean broken;

    /** @param every time from reading to reading */
    PushedPods(AggregationTemporality temporality, Duration every) {
        this.temporality = temporality;
        this.every = every;
    }

    @Override
    public CounterSource source() {
        return this::read;
    }

    private List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        clock.advance(broken ? Duration.ofHours(1) : every);
        if (!broken) {
            var request = ExportMetricsServiceRequest.newBuilder();
            pods.forEach(pod -> request.addResourceMetrics(Messages.resourceMetrics(
                    Map.of("k8s.pod.name", pod.name(), "version", version(pod)), metrics(pod))));
            receiver.send(request.build());
        }
        return source.read(queries, moment);
    }

    private static String version(SimulatedPod pod) {
        return pod.samples().stream()
                .map(sample -> sample.labels().getOrDefault("version", ""))
                .findFirst()
                .orElse("");
    }

    /** Its counters since it was started, or since they were sent last. */
    private List<Metric> metrics(SimulatedPod pod) {
        Map<String, Long> now = new LinkedHashMap<>();
        Map<String, Double> odd = new HashMap<>();
        for (Sample sample : pod.samples()) {
            var labels = sample.labels();
            String key = labels.containsKey("le") ? "le" + labels.get("le") : labels.getOrDefault("code", "");
            if (sample.value() >= 0 && sample.value() < Double.POSITIVE_INFINITY) {
                now.put(key, (long) sample.value());
            } else {
                now.put(key, sent.getOrDefault(pod, Map.of()).getOrDefault(key, 0L));
                odd.put(key, sample.value());
            }
        }
        Map<String, Long> before = sent.getOrDefault(pod, Map.of());
        boolean restarted = before.entrySet().stream().anyMatch(e -> now.getOrDefault(e.getKey(), 0L) < e.getValue());
        boolean whole = temporality == Messages.CUMULATIVE || restarted;
        Map<String, Long> told = new LinkedHashMap<>();
        now.forEach((key, value) -> told.put(key, whole ? value : value - before.getOrDefault(key, 0L)));
        Instant start = sentAt.getOrDefault(pod, clock.instant().minusSeconds(1));
        sent.put(pod, now);
        sentAt.put(pod, clock.instant());
        return metrics(told, odd, start);
    }

    /** @param odd what is sent in place of a count */
    private List<Metric> metrics(Map<String, Long> told, Map<String, Double> odd, Instant start) {
        List<NumberDataPoint> byCode = new ArrayList<>();
        List<Long> buckets = new ArrayList<>();
        long upToLast = 0;
        for (Map.Entry<String, Long> one : told.entrySet()) {
            if (one.getKey().startsWith("le")) {
                buckets.add(one.getValue() - upToLast);
                upToLast = one.getValue();
            } else if (odd.containsKey(one.getKey())) {
                byCode.add(Messages.point(
                        Map.of("code", one.getKey()), start, clock.instant(), odd.getOrDefault(one.getKey(), 0.0)));
            } else if (temporality == Messages.CUMULATIVE || one.getValue() > 0) {
                byCode.add(Messages.point(Map.of("code", one.getKey()), start, clock.instant(), one.getValue()));
            }
        }
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Messages.counter("http.requests", temporality, byCode));
        if (!buckets.isEmpty()) {
            metrics.add(Metric.newBuilder()
                    .setName("http.request.duration")
                    .setUnit("s")
                    .setHistogram(Histogram.newBuilder()
                            .setAggregationTemporality(temporality)
                            .addDataPoints(
                                    Messages.histogram(SimulatedPod.BOUNDARIES, buckets, start, clock.instant())))
                    .build());
        }
        return metrics;
    }

    @Override
    public void add(SimulatedPod pod) {
        pods.add(pod);
    }

    @Override
    public void lose(SimulatedPod pod) {
        pods.remove(pod);
    }

    @Override
    public void find(SimulatedPod pod) {
        pods.add(pod);
    }

    @Override
    public void breakDown() {
        broken = true;
    }

    @Override
    public void close() {
        receiver.close();
    }
}
