package dev.portcullis.analysis.source;

import dev.portcullis.analysis.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pod that serves requests and counts them: by status code as {@code http_requests_total}, and by latency as the classic histogram
 * {@code http_request_duration_seconds}. Thread-safe.
 */
public final class SimulatedPod {
    /** The finite boundaries of its histogram, in seconds. */
    public static final List<Double> BOUNDARIES = List.of(0.05, 0.1, 0.3, 0.5, 1.0);

    private static final double USUAL_LATENCY = 0.02;

    private final String version;
    private final String name;
    private final Map<String, Long> byCode = new TreeMap<>();
    private final Map<Double, Long> byLatency = new TreeMap<>();
    /** What its exporter makes of the counter of a code. */
    private final Map<String, Double> broken = new TreeMap<>();

    private Map<String, Long> otherByCode = new TreeMap<>();
    private Map<Double, Long> otherByLatency = new TreeMap<>();
    private int starts = 1;

    public SimulatedPod(String version, String name) {
        this.version = version;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Requests served faster than every boundary. */
    public SimulatedPod served(String code, long requests) {
        return served(code, USUAL_LATENCY, requests);
    }

    /** Requests that took this many seconds each. */
    public synchronized SimulatedPod served(String code, double latency, long requests) {
        byCode.merge(code, requests, Long::sum);
        byLatency.merge(latency, requests, Long::sum);
        return this;
    }

    /** A new process: its counters are made anew with the first request. */
    public synchronized SimulatedPod restart() {
        byCode.clear();
        byLatency.clear();
        starts++;
        return this;
    }

    /** Another process answers from now on, that which answered before the last one when there was one. */
    public synchronized SimulatedPod nextProcess() {
        Map<String, Long> codes = new TreeMap<>(byCode);
        Map<Double, Long> latencies = new TreeMap<>(byLatency);
        byCode.clear();
        byLatency.clear();
        byCode.putAll(otherByCode);
        byLatency.putAll(otherByLatency);
        otherByCode = codes;
        otherByLatency = latencies;
        return this;
    }

    /** From now on its counter of a code, though it counts, is given with this value: NaN, negative or infinite. */
    public synchronized SimulatedPod breaks(String code, double value) {
        broken.put(code, value);
        return this;
    }

    /** All counters are given as they are again. */
    public synchronized SimulatedPod mend() {
        broken.clear();
        return this;
    }

    /** How often its process was started, which is later each time. */
    public synchronized int starts() {
        return starts;
    }

    private double given(String code, long count) {
        return broken.getOrDefault(code, (double) count);
    }

    /** Its series with the labels it gives them itself. */
    public synchronized List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        byCode.forEach((code, count) -> samples.add(sample("http_requests_total", "code", code, given(code, count))));
        if (!byLatency.isEmpty()) {
            for (double boundary : BOUNDARIES) {
                samples.add(bucket(String.valueOf(boundary), upTo(boundary)));
            }
            samples.add(bucket("+Inf", upTo(Double.POSITIVE_INFINITY)));
        }
        return samples;
    }

    private Sample bucket(String boundary, long count) {
        return sample("http_request_duration_seconds_bucket", "le", boundary, count);
    }

    private Sample sample(String metric, String label, String value, double count) {
        Map<String, String> labels = new HashMap<>(Map.of("version", version, label, value));
        labels.put("__name__", metric);
        return new Sample(labels, count);
    }

    private long upTo(double boundary) {
        return byLatency.entrySet().stream()
                .filter(latency -> latency.getKey() <= boundary)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Its page of metrics. */
    public synchronized String page() {
        StringBuilder page =
                new StringBuilder("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n");
        byCode.forEach((code, count) -> page.append("http_requests_total{version=\"%s\",code=\"%s\"} %s%n"
                .formatted(version, code, text(given(code, count)))));
        if (!byLatency.isEmpty()) {
            histogram(page);
        }
        return page.append("process_open_fds 12\n").toString();
    }

    /** As client libraries write it. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? "+Inf" : String.valueOf((long) value);
    }

    private void histogram(StringBuilder page) {
        String name = "http_request_duration_seconds";
        String line = "_bucket{version=\"" + version + "\",le=\"%s\"} %d%n";
        page.append("# TYPE ").append(name).append(" histogram\n");
        for (double boundary : BOUNDARIES) {
            page.append(name).append(line.formatted(boundary, upTo(boundary)));
        }
        long all = upTo(Double.POSITIVE_INFINITY);
        page.append(name).append(line.formatted("+Inf", all));
        page.append("%s_sum{version=\"%s\"} 1.5%n%s_count{version=\"%s\"} %d%n"
                .formatted(name, version, name, version, all));
    }
}
