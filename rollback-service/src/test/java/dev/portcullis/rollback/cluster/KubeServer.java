package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Kubeconfigs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A Kubernetes API server on 127.0.0.1 over real HTTP, which behaves like a real one towards versions, status and generation, remembers who wanted to
 * change what, and can be told to fail. Objects of the kinds in {@link KubeKinds}. Thread-safe.
 */
public final class KubeServer implements AutoCloseable {
    private final KubeObjects objects = new KubeObjects();
    private final FaultInjection faults = new FaultInjection();
    private final List<KubeRequest> requests = new CopyOnWriteArrayList<>();
    private final List<KubeRequest> applied = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Path kubeconfig;

    public KubeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
            kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
            Files.writeString(kubeconfig, Kubeconfigs.of(address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "http://127.0.0.1:port". */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A kubeconfig that leads here; gone when this is closed. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Clusters of these names, and "default", that all are this one; a timeout of 5 s. */
    public Clusters clusters(String... names) {
        return clusters(ClusterSettings.USUAL_TIMEOUT, names);
    }

    public Clusters clusters(Duration timeout, String... names) {
        Map<String, ClusterSettings> settings = new HashMap<>();
        settings.put(ClusterSettings.DEFAULT, settings(ClusterSettings.DEFAULT, timeout));
        List.of(names).forEach(name -> settings.put(name, settings(name, timeout)));
        var breakers = new Breakers(new SimpleMeterRegistry());
        return new Clusters(() -> settings, Map.of(), OpenTelemetry.noop(), breakers, Clock.systemUTC());
    }

    public ClusterSettings settings(String name, Duration timeout) {
        return new ClusterSettings(name, new ClusterSettings.Access.Kubeconfig(kubeconfig, Optional.empty()), timeout);
    }

    /** Makes an object from YAML or JSON, status and all, in place of one that was there; nobody is recorded. */
    public void put(ResourceKind kind, String namespace, String yaml) {
        var object = Yaml.object(yaml);
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        objects.put(path(kind, namespace, object.at("/metadata/name").asText()), object);
    }

    /** Changes an object, status and all, as a controller or a person does; nobody is recorded. */
    public void change(ResourceKind kind, String namespace, String name, Consumer<ObjectNode> change) {
        objects.change(path(kind, namespace, name), change);
    }

    public void delete(ResourceKind kind, String namespace, String name) {
        objects.delete(path(kind, namespace, name));
    }

    /** All objects of a kind. */
    public List<JsonNode> objects(ResourceKind kind, String namespace) {
        return objects.list(KubePath.of("/" + kind.path(namespace)).orElseThrow());
    }

    /** The object as it is now. */
    public Optional<JsonNode> object(ResourceKind kind, String namespace, String name) {
        return objects.object(path(kind, namespace, name)).map(JsonNode.class::cast);
    }

    private static KubePath path(ResourceKind kind, String namespace, String name) {
        return KubePath.of("/" + kind.path(namespace, name)).orElseThrow();
    }

    /** From now on the account may do what a manifest of {@code deploy/rbac} grants, and nothing else. */
    public void grantOnly(Path manifest) {
        objects.rights.grantOnly(manifest);
    }

    /** Takes a right away, e.g. "patch argoproj.io/rollouts/status". */
    public void revoke(String right) {
        objects.rights.take(right);
    }

    /** Everything asked so far, in order of arrival. */
    public List<KubeRequest> requests() {
        return List.copyOf(requests);
    }

    /** What wanted to change something, in order of arrival, whether it succeeded or not. */
    public List<KubeRequest> mutations() {
        return requests.stream().filter(KubeRequest::isMutating).toList();
    }

    /** What has altered something, in that order, whether anybody heard of it or not. */
    public List<KubeRequest> applied() {
        return List.copyOf(applied);
    }

    /** The next request that wants to change something is refused, and not carried out. */
    public void failNext(int status, Map<String, String> headers) {
        failNext(KubeRequest::isMutating, status, headers);
    }

    public void failNext(Predicate<KubeRequest> which, int status, Map<String, String> headers) {
        faults.add(which, new FaultInjection.Fail(status, headers));
    }

    /** The next request that wants to change something is neither carried out nor answered. */
    public void hangNext() {
        hangNext(KubeRequest::isMutating, FaultMoment.BEFORE);
    }

    public void hangNext(Predicate<KubeRequest> which, FaultMoment moment) {
        faults.add(which, new FaultInjection.Hang(moment));
    }

    /** The connection of the next request that wants to change something is cut. */
    public void cutNext(FaultMoment moment) {
        cutNext(KubeRequest::isMutating, moment);
    }

    public void cutNext(Predicate<KubeRequest> which, FaultMoment moment) {
        faults.add(which, new FaultInjection.Cut(moment));
    }

    /** The next such request is carried out, and answered with a head but no body. */
    public void stallNext(Predicate<KubeRequest> which) {
        faults.add(which, new FaultInjection.Stall());
    }

    /** The next such request waits before it is carried out. */
    public HeldRequest hold(Predicate<KubeRequest> which) {
        var held = new HeldRequest();
        faults.add(which, new FaultInjection.Hold(held));
        return held;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            requests.add(request);
            var answer = faults.next(request).answer(() -> carryOut(request));
            if (answer.isPresent()) {
                write(exchange, answer.get());
            }
        }
    }

    private KubeAnswer carryOut(KubeRequest request) {
        return objects.answer(request, applied::add);
    }

    private static KubeRequest read(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(toMap(e -> e.getKey().toLowerCase(Locale.ROOT), e -> String.join(",", e.getValue())));
        var uri = exchange.getRequestURI();
        var query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        return new KubeRequest(exchange.getRequestMethod(), uri.getPath(), query, headers, body);
    }

    private void write(HttpExchange exchange, KubeAnswer answer) throws IOException {
        var bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        if (answer.isWhole()) {
            exchange.getResponseBody().write(bytes);
        } else {
            exchange.getResponseBody().flush();
            faults.awaitClose();
        }
    }

    @Override
    public void close() {
        faults.close();
        server.stop(0);
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
