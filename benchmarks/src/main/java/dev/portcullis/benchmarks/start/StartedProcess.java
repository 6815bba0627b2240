package dev.portcullis.benchmarks.start;

import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.Memory;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something to start again and again.
 *
 * @param ready address of its readiness
 * @param ownDatabase data folder of the PostgreSQL it starts itself
 */
record StartedProcess(
        Installation installation,
        String program,
        List<String> arguments,
        Map<String, String> environment,
        URI ready,
        Optional<Path> ownDatabase,
        Path log) {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /** A service alone, on a database that runs already, with an empty configuration folder. */
    static StartedProcess service(
            Installation installation, String name, DatabaseSettings database, TemporaryFolder folder)
            throws IOException {
        var ports = FreePorts.free();
        var environment = new HashMap<>(ports.environment());
        environment.put("PORTCULLIS_CONFIG", folder.folder("config").toString());
        environment.put("PORTCULLIS_DB_URL", database.url());
        environment.put("PORTCULLIS_DB_USER", database.user());
        environment.put("PORTCULLIS_DB_PASSWORD", database.password());
        return new StartedProcess(
                installation,
                name + "-service",
                List.of(),
                Map.copyOf(environment),
                ports.http(name, "/health/readiness"),
                Optional.empty(),
                folder.file(name + ".log"));
    }

    /** All three services in one process with their PostgreSQL, with an empty configuration folder; the gate is the last of them to be ready. */
    static StartedProcess standalone(Installation installation, TemporaryFolder folder) throws IOException {
        var ports = FreePorts.free();
        var config = folder.folder("config");
        var data = folder.folder("data-" + installation.name());
        return new StartedProcess(
                installation,
                "portcullis",
                List.of("up", "--config", config.toString(), "--data", data.toString()),
                ports.environment(),
                ports.http("gate", "/health/readiness"),
                Optional.of(data),
                folder.file("standalone.log"));
    }

    /** Starts it, lets it settle, looks at its memory and ends it. */
    Start start(Duration settle) throws IOException, InterruptedException {
        try (var process = ChildProcess.start(installation, program, arguments, environment, log)) {
            var time = process.awaitOk(ready, START_LIMIT);
            Thread.sleep(settle);
            var postgres = ownDatabase.isPresent()
                    ? OptionalLong.of(Memory.postgres(ownDatabase.get()))
                    : OptionalLong.empty();
            return new Start(time, Memory.resident(process.pid()), postgres);
        }
    }
}
