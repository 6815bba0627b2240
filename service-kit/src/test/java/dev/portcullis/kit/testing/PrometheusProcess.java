package dev.portcullis.kit.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Prometheus that scrapes the given targets every second; it can be stopped and started with the data it has. */
public final class PrometheusProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final Path binary;
    private final Path folder;
    private final int port;
    private final List<String> flags;
    private Optional<Process> process = Optional.empty();

    private PrometheusProcess(Path binary, Path folder, int port, List<String> flags) {
        this.flags = flags;
        this.binary = binary;
        this.folder = folder;
        this.port = port;
    }

    /** Where no Prometheus is installed the test is skipped; where it must run (CI=true) it fails. */
    public static PrometheusProcess start(Path folder, List<String> targets) throws IOException {
        String list = targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(","));
        return start(folder, "scrape_configs: [{job_name: shop, static_configs: [{targets: [%s]}]}]".formatted(list));
    }

    /** The same with another configuration, but for the part {@code global}, and with more flags. */
    public static PrometheusProcess start(Path folder, String configuration, String... flags) throws IOException {
        PrometheusProcess prometheus = new PrometheusProcess(installed(), folder, FreePorts.next(), List.of(flags));
        Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\n" + configuration + "\n");
        prometheus.start();
        return prometheus;
    }

    private static Path installed() {
        Optional<Path> binary = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
        if (binary.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("CI=true and there is no program 'prometheus' on the PATH; install Debian's package prometheus");
        }
        Assumptions.assumeTrue(binary.isPresent(), "no program 'prometheus' on the PATH");
        return binary.orElseThrow();
    }

    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=native-histograms",
                "--log.level=warn"));
        command.addAll(flags);
        process = Optional.of(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("prometheus.log").toFile()))
                .start());
    }

    /** Waits until it has looked at the data it has. */
    public void awaitReady() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address() + "/-/ready")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Await.until(
                    "Prometheus ready",
                    READY,
                    () -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == OK);
        }
    }

    public void stop() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(20, TimeUnit.SECONDS)) {
                process.get().destroyForcibly();
            }
            assertTrue(process.get().waitFor(5, TimeUnit.SECONDS), "Prometheus did not end");
        }
    }

    /** Ends it at once, as when its machine loses power; what it had in memory only is gone. */
    public void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly();
            assertTrue(process.get().waitFor(5, TimeUnit.SECONDS), "Prometheus did not end");
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
