package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A server that answers instant queries for the counters of simulated pods the way Prometheus does. Thread-safe. */
final class FakePrometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SimulatedPod> pods = new CopyOnWriteArrayList<>();
    private final StubHttpServer server = new StubHttpServer(this::answer);

    void add(SimulatedPod pod) {
        pods.add(pod);
    }

    /** As when a scrape failed: the pod's series are stale and in no answer. */
    void remove(SimulatedPod pod) {
        pods.remove(pod);
    }

    String address() {
        return server.address();
    }

    List<Map<String, String>> forms() {
        return server.requests().stream().map(FakePrometheus::form).toList();
    }

    static Map<String, String> form(Request request) {
        return Arrays.stream(request.body().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private Response answer(Request request) {
        if (!request.method().equals("POST") || !request.uri().getPath().equals("/api/v1/query")) {
            return Response.text(404, "404 page not found");
        }
        try {
            return Response.json(200, vector(Selector.parse(form(request).get("query"))));
        } catch (JsonProcessingException e) {
            return Response.text(500, e.toString());
        }
    }

    private String vector(Selector selector) throws JsonProcessingException {
        List<Map<String, Object>> result = new ArrayList<>();
        for (SimulatedPod pod : pods) {
            for (Sample sample : pod.samples()) {
                Map<String, String> labels = new HashMap<>(sample.labels());
                labels.putAll(Map.of("instance", pod.name() + ":8080", "job", "shop"));
                if (selector.matches(labels)) {
                    result.add(Map.of("metric", labels, "value", List.of(1e9, SimulatedPod.text(sample.value()))));
                }
            }
        }
        return JSON.writeValueAsString(
                Map.of("status", "success", "data", Map.of("resultType", "vector", "result", result)));
    }

    @Override
    public void close() {
        server.close();
    }
}
