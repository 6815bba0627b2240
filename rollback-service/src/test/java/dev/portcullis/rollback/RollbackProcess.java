package dev.portcullis.rollback;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.rollback.crash.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** rollback-service as a process of its own, to be killed. */
public final class RollbackProcess implements AutoCloseable {
    private static final String READY = "rollback-service ready: ";
    private static final Pattern PORT = Pattern.compile(".*gRPC 127\\.0\\.0\\.1:([0-9]+)");

    private static boolean trained;

    private final ChildJvm process;
    private final int port;

    private RollbackProcess(ChildJvm process) {
        this.process = process;
        this.port = awaitPort(process);
    }

    private static int awaitPort(ChildJvm process) {
        var ready = PORT.matcher(process.awaitLine(READY, Duration.ofMinutes(4)));
        if (!ready.matches()) {
            throw new AssertionError("no port in " + ready);
        }
        return Integer.parseInt(ready.group(1));
    }

    public static RollbackProcess start(DatabaseSettings database, Path configuration, Path log) {
        train();
        return new RollbackProcess(
                ChildJvm.start(RollbackApplication.class, List.of(), environment(database, configuration), log));
    }

    private static synchronized void train() {
        if (trained) {
            return;
        }
        trained = true;
        try {
            var folder = Files.createTempDirectory("training");
            var configuration = Files.createDirectory(folder.resolve("config"));
            var environment = environment(TestDatabase.fresh(), configuration);
            try (var training = new Training(configuration, folder)) {
                ChildJvm.train(
                        RollbackApplication.class,
                        List.of(),
                        environment,
                        folder.resolve("log"),
                        child -> training.run(awaitPort(child)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment(DatabaseSettings database, Path configuration) {
        return Map.of(
                "PORTCULLIS_DB_URL", database.url(),
                "PORTCULLIS_DB_USER", database.user(),
                "PORTCULLIS_DB_PASSWORD", database.password(),
                "PORTCULLIS_CONFIG", configuration.toString(),
                "PORTCULLIS_ROLLBACK_HTTP_PORT", "0",
                "PORTCULLIS_ROLLBACK_GRPC_PORT", "0",
                // Longer than any statement is held back at the database by a test, also on a busy machine.
                "PORTCULLIS_DB_LIMIT", "2m");
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Stops it where it is, as a long garbage collection or a frozen machine does. */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on; of no effect on one that is not paused or has ended. */
    void resume() {
        if (process.isAlive()) {
            signal("CONT");
        }
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("process " + process.pid() + " could not be sent " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as kill -9 does, and waits until it is gone. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
