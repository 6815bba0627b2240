package dev.portcullis.benchmarks.console;

import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.Memory;
import dev.portcullis.benchmarks.process.MetricsServer;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.identity.TokenText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Portcullis as {@code ./portcullis up} runs it with people who have tokens, on a service whose pods this process plays. Used by one thread. */
final class ConsoleUnderLoad implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration MEASURING_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int OK = 200;
    private static final int STREAMS_OF_CALLER = 20;
    private static final int PEOPLE = 50;
    private static final long CANARY_PER_SECOND = 50;
    private static final long STABLE_PER_SECOND = 450;
    private static final Pattern RELEASE = Pattern.compile("\"release\":\"(services/[^\"]+)\"");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/console/assets/[^\"]+)\"");

    private final FreePorts ports;
    private final MetricsServer pods;
    private final ChildProcess process;
    private final TemporaryFolder folder;
    private final List<String> tokens;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ConsoleUnderLoad(
            FreePorts ports, MetricsServer pods, ChildProcess process, TemporaryFolder folder, List<String> tokens) {
        this.ports = ports;
        this.pods = pods;
        this.process = process;
        this.folder = folder;
        this.tokens = tokens;
    }

    /** Starts it and waits until it is ready. */
    static ConsoleUnderLoad start(Installation installation) throws IOException, InterruptedException {
        var folder = TemporaryFolder.create();
        var random = new SecureRandom();
        var tokens = IntStream.range(0, PEOPLE)
                .mapToObj(i -> TokenText.random(random))
                .toList();
        var ports = FreePorts.free();
        var pods = new MetricsServer(ConsoleUnderLoad::metrics);
        var config = folder.folder("config");
        configure(config, pods, tokens);
        var process = ChildProcess.start(
                installation,
                "portcullis",
                List.of(
                        "up",
                        "--config",
                        config.toString(),
                        "--data",
                        folder.folder("data").toString()),
                ports.environment(),
                folder.file("standalone.log"));
        var console = new ConsoleUnderLoad(ports, pods, process, folder, tokens);
        try {
            process.awaitOk(ports.http("gate", "/health/readiness"), START_LIMIT);
            return console;
        } catch (IOException | InterruptedException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    private static String metrics(double seconds) {
        return "# TYPE http_requests_total counter\n"
                + series("checkout-canary", "7d9c8", (long) (seconds * CANARY_PER_SECOND))
                + series("checkout-stable", "5b6f4", (long) (seconds * STABLE_PER_SECOND));
    }

    private static String series(String pod, String hash, long requests) {
        return "http_requests_total{service=\"checkout\",pod=\"" + pod + "\",rollouts_pod_template_hash=\"" + hash
                + "\",code=\"200\"} " + requests + "\n";
    }

    private static void configure(Path config, MetricsServer pods, List<String> tokens) throws IOException {
        try (var stream = ConsoleUnderLoad.class.getResourceAsStream("/gate-load/checkout.yaml")) {
            if (stream == null) {
                throw new IOException("the class path lacks /gate-load/checkout.yaml");
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(config.resolve("checkout.yaml"), text.replace("${target}", pods.address()));
        }
        var access = new StringBuilder(
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n");
        for (int i = 0; i < tokens.size(); i++) {
            access.append("  - {name: person-" + i + ", sha256: " + TokenText.sha256(tokens.get(i))
                    + ", roles: [operator, deployer], services: ['*'], expires: 2099-12-31}\n");
        }
        Files.writeString(config.resolve("access.yaml"), access);
    }

    /**
     * Opens releases of as many rollouts and waits until the last of them is being measured.
     *
     * @return path of the page of one of them
     */
    String open(int number) throws IOException, InterruptedException {
        var release = "";
        for (int i = 0; i < number; i++) {
            release = ask(i);
        }
        var end = System.nanoTime() + MEASURING_LIMIT.toNanos();
        while (!page("/console/" + release).contains("class=\"chart bands\"")) {
            if (System.nanoTime() > end) {
                throw new IOException(release + " is not measured after " + MEASURING_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
        return "/console/" + release;
    }

    private String ask(int rollout) throws IOException, InterruptedException {
        var answer = text(get("/v1/argo?service=checkout&namespace=shop&rollout=r" + rollout
                + "&canary=7d9c8&stable=5b6f4&revision=v" + rollout));
        var found = RELEASE.matcher(answer);
        if (!found.find()) {
            throw new IOException("no release was opened: " + answer);
        }
        return found.group(1);
    }

    /** A page as a browser gets it. */
    String page(String path) throws IOException, InterruptedException {
        return text(get(path));
    }

    /** Bytes of the first page and of all that it loads, as they are sent. */
    long firstPageBytes() throws IOException, InterruptedException {
        var page = get("/console");
        long bytes = page.body().length;
        var assets = ASSET.matcher(text(page));
        while (assets.find()) {
            bytes += get(assets.group(1)).body().length;
        }
        return bytes;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(address(path))
                        .header("Authorization", "Bearer " + tokens.getFirst())
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException(path + " was answered " + response.statusCode() + ": " + text(response));
        }
        return response;
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        if (response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isEmpty()) {
            return new String(response.body(), StandardCharsets.UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private URI address(String path) {
        return ports.http("gate", path);
    }

    /** Opens streams of the page of a release, of as many people as that takes, and waits until each has got the page. */
    Viewers view(int number, String release) throws IOException {
        if (number > PEOPLE * STREAMS_OF_CALLER) {
            throw new IOException(number + " viewers are too many; at most " + PEOPLE * STREAMS_OF_CALLER);
        }
        var path = "/console/events" + release.substring("/console".length());
        List<String> ofViewers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ofViewers.add(tokens.get(i / STREAMS_OF_CALLER));
        }
        return Viewers.open(address(path), ofViewers);
    }

    /** KiB of the objects that are in use. */
    long liveHeap() throws IOException, InterruptedException {
        return Memory.liveHeap(process.pid());
    }

    @Override
    public void close() throws IOException {
        http.close();
        process.close();
        pods.close();
        folder.close();
    }
}
