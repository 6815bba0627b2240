package dev.portcullis.launcher;

import dev.portcullis.analysis.AnalysisApplication;
import dev.portcullis.gate.GateApplication;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.rollback.RollbackApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The three services in processes of their own, each by its own main program and with a database of its own, over one configuration folder. Used by one thread at a time.
 */
final class SeparateServices implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Map<String, Class<?>> MAINS = new TreeMap<>(Map.of(
            "analysis", AnalysisApplication.class,
            "gate", GateApplication.class,
            "rollback", RollbackApplication.class));

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> ports = TestPortcullis.freePorts();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final Map<String, ChildJvm> running = new TreeMap<>();
    private final Map<String, Path> outputs = new HashMap<>();
    private int starts;

    /** @param more environment variables of all three, beside those of ports, database and configuration folder */
    SeparateServices(Path folder, Map<String, String> more) {
        this.folder = folder;
        try {
            Files.createDirectories(configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var service : MAINS.keySet()) {
            environments.put(service, environment(more));
        }
    }

    private Map<String, String> environment(Map<String, String> more) {
        var database = TestDatabase.fresh();
        var environment = new HashMap<>(ports);
        environment.put("PORTCULLIS_DB_URL", database.url());
        environment.put("PORTCULLIS_DB_USER", database.user());
        environment.put("PORTCULLIS_DB_PASSWORD", database.password());
        environment.put("PORTCULLIS_CONFIG", configuration().toString());
        environment.putAll(more);
        return environment;
    }

    static List<String> names() {
        return List.copyOf(MAINS.keySet());
    }

    /** The configuration folder, which is there. */
    Path configuration() {
        return folder.resolve("config");
    }

    /** Starts all three side by side and waits until they are ready. */
    void up() {
        MAINS.keySet().forEach(this::start);
        MAINS.keySet().forEach(this::awaitReady);
    }

    /** Starts one and waits until it is ready. */
    void up(String service) {
        start(service);
        awaitReady(service);
    }

    /** Starts one and does not wait for it. */
    ChildJvm start(String service) {
        return start(service, Map.of());
    }

    /** @param other environment variables that this process alone has otherwise */
    ChildJvm start(String service, Map<String, String> other) {
        starts++;
        var environment = new HashMap<>(environments.getOrDefault(service, Map.of()));
        environment.putAll(other);
        var main = MAINS.getOrDefault(service, Object.class);
        var output = folder.resolve(service + starts + ".out");
        var process = ChildJvm.start(main, List.of(), environment, output);
        outputs.put(service, output);
        running.put(service, process);
        return process;
    }

    void awaitReady(String service) {
        process(service).awaitLine(service + "-service ready", LIMIT);
    }

    /** kill -9. */
    void kill(String service) {
        process(service).kill();
    }

    private ChildJvm process(String service) {
        var process = running.get(service);
        if (process == null) {
            throw new IllegalStateException(service + "-service was not started");
        }
        return process;
    }

    /** What the latest process of a service has printed. */
    String output(String service) throws IOException {
        return Files.readString(outputs.getOrDefault(service, folder));
    }

    ServicePages pages(String service) {
        return new ServicePages(http, port(service + "_HTTP"));
    }

    PortcullisClient ask() {
        return new PortcullisClient(port("GATE_HTTP"), port("GATE_GRPC"), port("ANALYSIS_GRPC"), port("ROLLBACK_GRPC"));
    }

    /** The variables by which services are asked at a host. */
    Map<String, String> addresses(String host, String... services) {
        var variables = new HashMap<String, String>();
        for (var service : services) {
            variables.put(variable(service + "_ADDRESS"), host + ":" + port(service + "_GRPC"));
        }
        return variables;
    }

    private int port(String name) {
        return Integer.parseInt(ports.getOrDefault(variable(name + "_PORT"), "-1"));
    }

    private static String variable(String name) {
        return "PORTCULLIS_" + name.toUpperCase(Locale.ROOT);
    }

    @Override
    public void close() {
        running.values().forEach(ChildJvm::close);
        http.close();
    }
}
