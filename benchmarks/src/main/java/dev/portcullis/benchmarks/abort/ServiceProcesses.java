package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.database.DatabaseSettings;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The three services, a process each, on one PostgreSQL. Used by one thread. */
final class ServiceProcesses implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    /** The gate comes last: it has something to ask of both others. */
    private static final List<String> NAMES = List.of("analysis", "rollback", "gate");

    private final FreePorts ports;
    private final Deque<ChildProcess> processes = new ArrayDeque<>();
    private final Map<String, ManagedChannel> channels = new HashMap<>();

    private ServiceProcesses(FreePorts ports) {
        this.ports = ports;
    }

    /** Starts them and waits until all are ready. */
    static ServiceProcesses start(
            Installation installation, TemporaryFolder folder, Path configuration, DatabaseSettings database)
            throws IOException, InterruptedException {
        var services = new ServiceProcesses(FreePorts.free());
        try {
            for (var name : NAMES) {
                services.start(installation, name, folder.file(name + ".log"), configuration, database);
            }
            return services;
        } catch (IOException | InterruptedException | RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void start(Installation installation, String name, Path log, Path configuration, DatabaseSettings database)
            throws IOException, InterruptedException {
        var environment = new HashMap<>(ports.environment());
        environment.put("PORTCULLIS_CONFIG", configuration.toString());
        environment.put("PORTCULLIS_DB_URL", database.url());
        environment.put("PORTCULLIS_DB_USER", database.user());
        environment.put("PORTCULLIS_DB_PASSWORD", database.password());
        var process = ChildProcess.start(installation, name + "-service", List.of(), environment, log);
        processes.push(process);
        process.awaitOk(ports.http(name, "/health/readiness"), START_LIMIT);
        channels.put(
                name,
                ManagedChannelBuilder.forTarget(ports.grpc(name)).usePlaintext().build());
    }

    /** Calls a service: "analysis", "gate" or "rollback". */
    Channel channel(String service) {
        return Objects.requireNonNull(channels.get(service), service);
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
    }
}
