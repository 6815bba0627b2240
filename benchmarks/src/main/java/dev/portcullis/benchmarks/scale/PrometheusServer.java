package dev.portcullis.benchmarks.scale;

import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus, a process of its own, that scrapes one target. Used by one thread. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int OK = 200;

    private final Process process;
    private final String address;

    private PrometheusServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @throws IOException when there is no program {@code prometheus} on the PATH, or it does not come up
     */
    static PrometheusServer start(TemporaryFolder folder, String name, String target)
            throws IOException, InterruptedException {
        var config = Files.writeString(folder.folder(name).resolve("prometheus.yml"), """
                global: {scrape_interval: 15s, scrape_timeout: 14s}
                scrape_configs: [{job_name: fleet, static_configs: [{targets: ['%s']}]}]
                """.formatted(target));
        var port = FreePorts.one();
        var process = new ProcessBuilder(
                        program().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.folder(name).resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.folder(name).resolve("prometheus.log").toFile())
                .start();
        var server = new PrometheusServer(process, "http://127.0.0.1:" + port);
        server.awaitReady();
        return server;
    }

    private static Path program() throws IOException {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("no program 'prometheus' on the PATH; install it first"));
    }

    private void awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers("/-/ready")) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("Prometheus is not ready after " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            get(path);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IOException(path + ": status " + answer.statusCode());
            }
            return answer.body();
        }
    }

    /** Waits until so many series are stored. */
    void awaitSeries(int series) throws IOException, InterruptedException {
        var end = System.nanoTime() + START_LIMIT.multipliedBy(2).toNanos();
        while (own("prometheus_tsdb_head_series") < series) {
            if (System.nanoTime() > end) {
                throw new IOException("Prometheus has not stored " + series + " series after "
                        + START_LIMIT.multipliedBy(2).toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Queries it has answered, by its own count: instant and range. */
    long queries() throws IOException, InterruptedException {
        return (long) own("prometheus_http_requests_total", "handler=\"/api/v1/query\"")
                + (long) own("prometheus_http_requests_total", "handler=\"/api/v1/query_range\"");
    }

    /** Processor time it has used. */
    double cpuSeconds() throws IOException, InterruptedException {
        return own("process_cpu_seconds_total");
    }

    private double own(String metric, String... labels) throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(metric) && !line.startsWith("#"))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
