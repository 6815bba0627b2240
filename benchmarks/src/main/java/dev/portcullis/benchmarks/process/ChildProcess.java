package dev.portcullis.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that is measured, a program of Portcullis or another one in Java. Nothing of the caller's environment that would change Portcullis reaches it.
 *
 * <p>Ends at the latest with this process. Used by one thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration POLITE_END = Duration.ofSeconds(30);
    private static final Duration FORCED_END = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final long startedAt;
    private final Path output;
    private final Thread endWithUs;

    private ChildProcess(String name, Process process, long startedAt, Path output) {
        this.name = name;
        this.process = process;
        this.startedAt = startedAt;
        this.output = output;
        this.endWithUs = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * Starts a program of Portcullis.
     *
     * @param program "portcullis", "analysis-service", "gate-service" or "rollback-service"
     * @param environment variables besides those of this process that are not PORTCULLIS_* or OTEL_*
     * @param output file its standard output and error are added to
     */
    public static ChildProcess start(
            Installation installation,
            String program,
            List<String> arguments,
            Map<String, String> environment,
            Path output)
            throws IOException {
        var all = new HashMap<>(installation.environment());
        all.putAll(environment);
        return start(program, installation.command(program), arguments, all, output);
    }

    /** Starts a class of this process's class path, with the options of a plain installation and the same environment. */
    public static ChildProcess start(String main, List<String> arguments, Path output) throws IOException {
        return start(main, Installation.java(main), arguments, Map.of(), output);
    }

    private static ChildProcess start(
            String name, List<String> command, List<String> arguments, Map<String, String> environment, Path output)
            throws IOException {
        var words = Stream.concat(command.stream(), arguments.stream()).toList();
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(ChildProcess::changesPortcullis);
        builder.environment().putAll(environment);
        var startedAt = System.nanoTime();
        return new ChildProcess(name, builder.start(), startedAt, output);
    }

    private static boolean changesPortcullis(String variable) {
        return variable.startsWith("PORTCULLIS_") || variable.startsWith("OTEL_") || variable.equals("JAVA_OPTS");
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    /**
     * Waits for the first 200 from an address and answers the time since the process was started, exact to about 5 ms.
     *
     * @throws IOException when the process ends before, or the limit passes; with the last lines it printed
     */
    public Duration awaitOk(URI address, Duration limit) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (true) {
                if (answersOk(http, address)) {
                    return Duration.ofNanos(System.nanoTime() - startedAt);
                }
                if (!process.isAlive() || System.nanoTime() - startedAt > limit.toNanos()) {
                    throw new IOException(failure(address, limit));
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static boolean answersOk(HttpClient http, URI address) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String failure(URI address, Duration limit) throws IOException {
        var what = process.isAlive()
                ? name + " did not answer " + address + " with 200 within " + limit.toSeconds() + " s"
                : name + " ended with exit code " + process.exitValue() + " before " + address + " answered";
        var lines = Files.readAllLines(output);
        var tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return what + "; its last words:\n  " + String.join("\n  ", tail);
    }

    /** SIGTERM, and after 30 s kill. */
    @Override
    public void close() {
        process.destroy();
        if (!ended(POLITE_END)) {
            process.destroyForcibly();
            ended(FORCED_END);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook has run or is about to, on a process that has ended
        }
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
