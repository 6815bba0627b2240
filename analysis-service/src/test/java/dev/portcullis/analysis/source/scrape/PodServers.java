package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Simulated pods, each with a /metrics page on a port of its own, and a service discovery that names them. */
final class PodServers implements AutoCloseable {
    private final Map<SimulatedPod, StubHttpServer> servers = new LinkedHashMap<>();
    private final StubHttpServer discovery = new StubHttpServer(request -> Response.json(200, groups()));

    synchronized void add(SimulatedPod pod) {
        servers.put(pod, new StubHttpServer(request -> Response.text(200, pod.page())));
    }

    synchronized void fail(SimulatedPod pod) {
        servers.get(pod).answer(request -> Response.text(500, "starting"));
    }

    synchronized void heal(SimulatedPod pod) {
        servers.get(pod).answer(request -> Response.text(200, pod.page()));
    }

    synchronized void failAll() {
        servers.keySet().forEach(this::fail);
    }

    /** What the discovery answers from now on. */
    void discoveryAnswers(Response response) {
        discovery.answer(request -> response);
    }

    void discoveryAnswersAgain() {
        discovery.answer(request -> Response.json(200, groups()));
    }

    synchronized List<String> targets() {
        return servers.values().stream()
                .map(server -> "127.0.0.1:" + server.port())
                .toList();
    }

    ScrapeProperties discovered(String source) {
        return new ScrapeProperties(source, List.of(), Optional.of(URI.create(discovery.address() + "/sd")));
    }

    private synchronized String groups() {
        String targets = targets().stream().map(t -> "\"" + t + "\"").collect(Collectors.joining(","));
        return "[{\"targets\":[" + targets + "],\"labels\":{\"__meta_zone\":\"a\",\"zone\":\"a\"}}]";
    }

    @Override
    public void close() {
        discovery.close();
        servers.values().forEach(StubHttpServer::close);
    }
}
