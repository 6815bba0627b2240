package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Prometheus that scrapes the given targets every second; it can be stopped and started with the data it has. */
public final class PrometheusProcess implements AutoCloseable {
    private final Path binary;
    private final Path folder;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private PrometheusProcess(Path binary, Path folder, int port) {
        this.binary = binary;
        this.folder = folder;
        this.port = port;
    }

    /** Where no Prometheus is installed the test is skipped; where it must run (CI=true) it fails. */
    public static PrometheusProcess start(Path folder, List<String> targets) throws IOException {
        PrometheusProcess prometheus = new PrometheusProcess(installed(), folder, freePort());
        String list = targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(","));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs: [{job_name: shop, static_configs: [{targets: [%s]}]}]
                """.formatted(list));
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public void start() throws IOException {
        process = Optional.of(new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=native-histograms",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("prometheus.log").toFile()))
                .start());
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
