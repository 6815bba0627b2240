package dev.portcullis.analysis.source;

import dev.portcullis.analysis.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pod that serves requests and counts them by status code, as {@code http_requests_total}. Thread-safe. */
public final class SimulatedPod {
    private final String version;
    private final String name;
    private final Map<String, Long> byCode = new TreeMap<>();

    public SimulatedPod(String version, String name) {
        this.version = version;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public synchronized SimulatedPod served(String code, long requests) {
        byCode.merge(code, requests, Long::sum);
        return this;
    }

    /** A new process: its counters are made anew with the first request. */
    public synchronized SimulatedPod restart() {
        byCode.clear();
        return this;
    }

    /** Its series with the labels it gives them itself. */
    public synchronized List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        byCode.forEach((code, count) -> {
            Map<String, String> labels = new HashMap<>(Map.of("version", version, "code", code));
            labels.put("__name__", "http_requests_total");
            samples.add(new Sample(labels, count));
        });
        return samples;
    }

    /** Its page of metrics. */
    public synchronized String page() {
        StringBuilder page =
                new StringBuilder("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n");
        byCode.forEach((code, count) ->
                page.append("http_requests_total{version=\"%s\",code=\"%s\"} %d%n".formatted(version, code, count)));
        return page.append("process_open_fds 12\n").toString();
    }
}
