package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.CounterSourceContract;
import dev.portcullis.analysis.source.SecretPlace;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.TestHttp;
import dev.portcullis.analysis.usecase.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Simulated pods whose agents send what was served since they last did, before each reading; a reading is ten minutes after the one before. */
final class CountedPods implements CounterSourceContract.Surroundings {
    static final Map<String, String> KEYS =
            Map.of("DD_API_KEY", FakeDatadog.API_KEY, "DD_APP_KEY", FakeDatadog.APPLICATION_KEY);

    private final ManualClock clock = new ManualClock();
    private final FakeDatadog datadog = new FakeDatadog();
    private final DatadogSource source = source(datadog.address(), clock);
    private final Set<SimulatedPod> pods = new LinkedHashSet<>();
    private final Map<SimulatedPod, Map<String, Long>> sent = new HashMap<>();

    static DatadogSource source(String address, ManualClock clock) {
        var properties = new DatadogProperties(
                "dd",
                URI.create(address),
                new SecretPlace(false, "DD_API_KEY"),
                new SecretPlace(false, "DD_APP_KEY"),
                "pod_name");
        var client = new DatadogClient(properties, TestHttp.client(), KEYS, TestHttp.PATIENT);
        return new DatadogSource(properties, client, clock, TestHttp.PATIENT);
    }

    @Override
    public CounterSource source() {
        return this::read;
    }

    private List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        clock.advance(Duration.ofMinutes(10));
        datadog.correct();
        pods.forEach(this::send);
        return source.read(queries, moment);
    }

    /** Agents send the difference, of a restarted process all of it; what was served before the last two minutes is settled. */
    private void send(SimulatedPod pod) {
        Map<String, Long> before = sent.getOrDefault(pod, Map.of());
        Map<String, Long> now = new HashMap<>();
        Map<String, Double> odd = new HashMap<>();
        Map<String, String> versions = new HashMap<>();
        for (Sample sample : pod.samples()) {
            String code = sample.labels().get("code");
            if (code != null) {
                if (sample.value() >= 0 && sample.value() < Double.POSITIVE_INFINITY) {
                    now.put(code, (long) sample.value());
                } else {
                    now.put(code, before.getOrDefault(code, 0L));
                    odd.put(code, sample.value());
                }
                versions.put(code, sample.labels().getOrDefault("version", ""));
            }
        }
        boolean restarted = before.entrySet().stream().anyMatch(e -> now.getOrDefault(e.getKey(), 0L) < e.getValue());
        now.forEach((code, value) -> datadog.count(
                clock.instant().minus(Duration.ofMinutes(5)),
                Map.of(
                        "metric",
                        "http.requests",
                        "code",
                        code,
                        "version",
                        versions.getOrDefault(code, ""),
                        "pod_name",
                        pod.name()),
                odd.getOrDefault(code, (double) (restarted ? value : value - before.getOrDefault(code, 0L)))));
        sent.put(pod, now);
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
        datadog.close();
    }

    @Override
    public void close() {
        datadog.close();
    }
}
