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
import java.util.function.Consumer;

/**
 * Another Java process with the test's own class path, for what must be killed: its output goes to a file, which can be waited on. It starts from the cache
 * that {@link #train} made, where that was called.
 */
public final class ChildJvm implements AutoCloseable {
    private static final AotCache CACHE = new AotCache();

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code main} with arguments and additional environment variables; standard output and error go to {@code output}. */
    public static ChildJvm start(Class<?> main, List<String> arguments, Map<String, String> environment, Path output) {
        return start(CACHE.options(), main.getName(), arguments, environment, output);
    }

    /** The same with a program as it is delivered: a jar that names its class path, none of which is the test's. */
    public static ChildJvm startJar(Path jar, List<String> arguments, Map<String, String> environment, Path output) {
        return start(List.of("-jar"), jar.toString(), arguments, environment, output);
    }

    /**
     * Sees to it that what is started from now on starts in a third of the time: runs {@code main} once up to SIGTERM, unless an earlier run
     * of tests has done so with the same classes.
     *
     * @param work what it is made to do, from its start on; what it then loads is what starts quickly
     */
    public static void train(
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment,
            Path output,
            Consumer<ChildJvm> work) {
        CACHE.makeOnce(recording -> {
            try (var child = start(recording, main.getName(), arguments, environment, output)) {
                work.accept(child);
                child.terminate();
                child.waitFor(Duration.ofMinutes(5));
            }
        });
    }

    private static ChildJvm start(
            List<String> options,
            String program,
            List<String> arguments,
            Map<String, String> environment,
            Path output) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add(program);
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

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9; gone when this returns. */
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofMinutes(1));
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
