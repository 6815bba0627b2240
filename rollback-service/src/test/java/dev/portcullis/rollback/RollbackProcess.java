package dev.portcullis.rollback;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** rollback-service as a process of its own, to be killed. */
public final class RollbackProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("rollback-service ready: .*gRPC 127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;
    private final int port;

    private RollbackProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static RollbackProcess start(DatabaseSettings database, Path configuration, Path log) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        RollbackApplication.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PORTCULLIS_DB_URL", database.url());
        builder.environment().put("PORTCULLIS_DB_USER", database.user());
        builder.environment().put("PORTCULLIS_DB_PASSWORD", database.password());
        builder.environment().put("PORTCULLIS_CONFIG", configuration.toString());
        builder.environment().put("PORTCULLIS_ROLLBACK_HTTP_PORT", "0");
        builder.environment().put("PORTCULLIS_ROLLBACK_GRPC_PORT", "0");
        try {
            var process = builder.start();
            return new RollbackProcess(process, awaitPort(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int awaitPort(Process process, Path log) {
        var answer = Await.value("rollback-service to be ready", Duration.ofSeconds(60), () -> {
            var text = Files.readString(log);
            var ready = READY.matcher(text);
            if (ready.find()) {
                return Optional.of(ready.group(1));
            }
            return process.isAlive() ? Optional.empty() : Optional.of("ended: " + text);
        });
        if (!answer.matches("[0-9]+")) {
            throw new AssertionError("rollback-service " + answer);
        }
        return Integer.parseInt(answer);
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
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " outlives kill -9");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
