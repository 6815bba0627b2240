package dev.portcullis.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another Java process with the test's own class path, for what must be killed: its output goes to a file, which can be waited on. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code main} with arguments and additional environment variables; standard output and error go to {@code output}. */
    public static ChildJvm start(Class<?> main, List<String> arguments, Map<String, String> environment, Path output) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            return new ChildJvm(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process has printed a line that begins so, and answers it. */
    public String awaitLine(String beginning, Duration limit) {
        return Await.value("'" + beginning + "' in " + output, limit, () -> {
            var line = Files.readAllLines(output).stream()
                    .filter(l -> l.startsWith(beginning))
                    .reduce((a, b) -> b);
            if (line.isEmpty() && !process.isAlive()) {
                throw new IllegalStateException("the process ended early:\n" + Files.readString(output));
            }
            return line.isPresent() ? line : Optional.<String>empty();
        });
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofSeconds(10));
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end and answers the exit code. */
    public int waitFor(Duration limit) {
        try {
            return process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS).exitValue();
        } catch (TimeoutException e) {
            throw new AssertionError("the process still runs after " + limit, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
