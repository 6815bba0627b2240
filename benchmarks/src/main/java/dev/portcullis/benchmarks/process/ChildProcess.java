package dev.portcullis.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java process with this one's class path and the launcher's options. Nothing of the caller's environment that would change Portcullis reaches it.
 *
 * <p>Ends at the latest with this process. Used by one thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx768m");
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration POLITE_END = Duration.ofSeconds(30);
    private static final Duration FORCED_END = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int TAIL_LINES = 20;

    private final String main;
    private final Process process;
    private final long startedAt;
    private final Path output;
    private final Thread endWithUs;

    private ChildProcess(String main, Process process, long startedAt, Path output) {
        this.main = main;
        this.process = process;
        this.startedAt = startedAt;
        this.output = output;
        this.endWithUs = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * Starts a main class.
     *
     * @param environment variables besides those of this process that are not PORTCULLIS_* or OTEL_*
     * @param output file its standard output and error are added to
     */
    public static ChildProcess start(String main, List<String> arguments, Map<String, String> environment, Path output)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTCULLIS_") || name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        var startedAt = System.nanoTime();
        return new ChildProcess(main, builder.start(), startedAt, output);
    }

    /** The options every child runs with. */
    public static String options() {
        return String.join(" ", OPTIONS);
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
                ? main + " did not answer " + address + " with 200 within " + limit.toSeconds() + " s"
                : main + " ended with exit code " + process.exitValue() + " before " + address + " answered";
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
