package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.database.EmbeddedDatabase;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The run by which the Java of the archive learns: all services in one process judge canaries, answer polls, abort and roll back, and on their end the JVM writes
 * what it has loaded, linked and found out about the methods it called most into its ahead-of-time cache.
 *
 * <p>Its argument is the archive's folder, which has no cache yet. Ends with an exception when the work was not done, or there is no cache.
 */
public final class CacheTraining {
    private static final int CANARIES = 100;
    private static final int WINDOWS = 4;
    private static final int QUESTIONS = 4_000;
    private static final List<String> SERVICES = List.of("analysis", "gate", "rollback");
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path archive;
    private final Path cache;
    private final FreePorts ports;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, ManagedChannel> channels = new HashMap<>();

    private CacheTraining(Path archive) throws IOException {
        this.archive = archive;
        this.cache = archive.resolve("lib").resolve("portcullis.aot");
        this.ports = FreePorts.free();
    }

    /** The main program. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CacheTraining(Path.of(arguments[0]).toAbsolutePath()).run();
    }

    private void run() throws IOException, InterruptedException {
        var shops = new Shops(CANARIES);
        try (var folder = TemporaryFolder.create();
                var pods = new ShopPods(shops);
                var webhook = RollbackWebhook.start();
                // Its own would be on the class path, and the cache is for services without it too.
                var database = EmbeddedDatabase.start(folder.folder("data"))) {
            shops.writeTo(folder.folder("config"), pods.address(), webhook.address());
            var process = start(folder.folder("config"), database.settings());
            try {
                work(process, shops, pods, webhook);
            } finally {
                channels.values().forEach(ManagedChannel::shutdownNow);
                process.destroy();
                // Java writes the cache after everything else has ended.
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        }
        if (!Files.exists(cache)) {
            throw new IOException("Java ended without having written " + cache);
        }
    }

    private Process start(Path config, DatabaseSettings database) throws IOException {
        var lib = archive.resolve("lib");
        var builder = new ProcessBuilder(
                        archive.resolve("runtime/bin/java").toString(),
                        "@" + lib.resolve("jvm.options"),
                        "-Xmx768m",
                        "-XX:AOTCacheOutput=" + cache,
                        "-cp",
                        lib.resolve("portcullis.jar").toString(),
                        "dev.portcullis.launcher.Portcullis",
                        "up",
                        "--config",
                        config.toString())
                .inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTCULLIS_") || name.startsWith("OTEL_"));
        builder.environment().putAll(ports.environment());
        builder.environment().put("PORTCULLIS_DB_URL", database.url());
        builder.environment().put("PORTCULLIS_DB_USER", database.user());
        builder.environment().put("PORTCULLIS_DB_PASSWORD", database.password());
        return builder.start();
    }

    private void work(Process process, Shops shops, ShopPods pods, RollbackWebhook webhook)
            throws IOException, InterruptedException {
        await(process, "its readiness", () -> status(get("gate", "/health/readiness")) == 200);
        SERVICES.forEach(service -> channels.put(
                service,
                ManagedChannelBuilder.forTarget(ports.grpc(service))
                        .usePlaintext()
                        .build()));
        var releases = new BenchmarkReleases(channels::get);
        await(process, "a release for every canary", () -> releases.open(shops));
        await(process, "every canary to be measured", () -> releases.measured(WINDOWS));
        ask(shops);
        shops.names().forEach(pods::goBad);
        await(process, "a call for every canary", () -> webhook.services() >= shops.number());
        await(process, "every release to be taken back", () -> releases.takenBack(shops));
        ask(shops);
    }

    private void ask(Shops shops) {
        for (var question = 0; question < QUESTIONS; question++) {
            var service = shops.names().get(question % shops.number());
            status(get("gate", poll(service)));
            if (question % 10 == 0) {
                status(HttpRequest.newBuilder(ports.http("gate", "/v1/gate"))
                        .POST(BodyPublishers.ofString(call(service)))
                        .build());
            }
            if (question % 100 == 0) {
                SERVICES.forEach(each -> List.of("/", "/health", "/health/liveness", "/prometheus")
                        .forEach(path -> status(get(each, path))));
            }
        }
    }

    private static String poll(String service) {
        return "/v1/argo?service=" + service + "&rollout=" + service + "&canary=" + Shops.CANARY + "&stable="
                + Shops.STABLE + "&revision=2";
    }

    private static String call(String service) {
        return """
                {"service": "%s", "rollout": "%s", "canary": "%s", "stable": "%s", "revision": "2", "stage": "canary-1"}""".formatted(service, service, Shops.CANARY, Shops.STABLE);
    }

    private HttpRequest get(String service, String path) {
        return HttpRequest.newBuilder(ports.http(service, path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** The status of the answer; 0 when there was none. */
    private int status(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void await(Process process, String what, BooleanSupplier condition)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("waited in vain for " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
