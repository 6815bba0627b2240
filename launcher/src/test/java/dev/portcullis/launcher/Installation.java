package dev.portcullis.launcher;

import dev.portcullis.kit.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with configuration and data, and the ports on which {@code up} serves it as a child process: one process after the other, each with an output file of its
 * own. Used by one thread at a time.
 */
public final class Installation {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>(TestPortcullis.freePorts());
    private int starts;

    /** @param more environment variables of its processes, beside those of the ports */
    public Installation(Path folder, Map<String, String> more) {
        this.folder = folder;
        environment.putAll(more);
        try {
            Files.createDirectories(configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration folder, which is there. */
    public Path configuration() {
        return folder.resolve("config");
    }

    /** The data folder, which the first start makes. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Starts a process and does not wait for it. */
    public ChildJvm start() {
        starts++;
        var arguments = List.of("up", "--config", configuration().toString(), "--data", data().toString());
        return ChildJvm.start(Portcullis.class, arguments, environment, outputFile());
    }

    /** Starts a process and waits until all services are ready. */
    public ChildJvm up() {
        var child = start();
        child.awaitLine("portcullis is up", LIMIT);
        return child;
    }

    /** Where the latest process writes what it prints. */
    public Path outputFile() {
        return folder.resolve("up-" + starts + ".out");
    }

    /** What the latest process has printed. */
    String output() throws IOException {
        return Files.readString(outputFile());
    }

    /** @param name a service and a protocol, e.g. "GATE_HTTP" */
    public int port(String name) {
        return Integer.parseInt(environment.getOrDefault("PORTCULLIS_" + name + "_PORT", "-1"));
    }

    /** Questions to whichever process is up. */
    public PortcullisClient ask() {
        return new PortcullisClient(port("GATE_HTTP"), port("GATE_GRPC"), port("ANALYSIS_GRPC"), port("ROLLBACK_GRPC"));
    }

    /** A process that works on the files of the embedded PostgreSQL: its server, or the program that starts or stops it. */
    public Optional<ProcessHandle> server() {
        var files = data().resolve("postgres").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> arguments(process).contains(files))
                .findFirst();
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }
}
