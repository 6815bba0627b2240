package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica of the gate ends under 200 polls in a second, as Kubernetes ends a pod of the chart, and no poll fails. */
@Tag("extra")
final class ReplicaEndIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long BETWEEN_POLLS_MILLIS = 5;
    /** Until every node has heard that the pod is no longer in the Service. */
    private static final long HEARD_AFTER_MILLIS = 2_000;

    private static final Pattern SETTING = Pattern.compile("(?m)^ {2}(delaySeconds|graceSeconds): (\\d+)$");

    @TempDir
    Path folder;

    private final List<Integer> endpoints = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger afterTheEnd = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    private static long setting(String name) throws IOException {
        var values = Files.readString(Path.of("../deploy/helm/portcullis/values.yaml"));
        return SETTING.matcher(values)
                .results()
                .filter(found -> found.group(1).equals(name))
                .mapToLong(found -> Long.parseLong(found.group(2)))
                .findFirst()
                .orElseThrow();
    }

    private void poll(HttpClient client) {
        var now = List.copyOf(endpoints);
        var port = now.get(polls.getAndIncrement() % now.size());
        var question =
                URI.create("http://127.0.0.1:" + port + "/v1/argo?service=checkout&canary=c1&stable=s1&revision=1");
        var late = ended;
        client.sendAsync(HttpRequest.newBuilder(question).timeout(LIMIT).build(), BodyHandlers.ofString())
                .whenComplete((answer, fault) -> {
                    if (fault != null) {
                        failed.add(port + ": " + fault);
                    } else if (answer.statusCode() != 200) {
                        failed.add(port + ": " + answer.statusCode() + " " + answer.body());
                    } else if (late) {
                        afterTheEnd.incrementAndGet();
                    }
                });
    }

    @Test
    void noPollFails() throws IOException, InterruptedException {
        var delay = setting("delaySeconds");
        var grace = setting("graceSeconds");
        try (var site = new Site();
                var services = new SeparateServices(folder, Map.of())) {
            site.configure(services.configuration());
            var port = FreePorts.next();
            try (var replica = services.start("gate", otherPorts(port));
                    var client = HttpClient.newHttpClient();
                    var clock = Executors.newScheduledThreadPool(2)) {
                services.up();
                replica.awaitLine("gate-service ready", LIMIT);
                endpoints.addAll(List.of(services.ask().gateHttp(), port));
                var polling =
                        clock.scheduleAtFixedRate(() -> poll(client), 0, BETWEEN_POLLS_MILLIS, TimeUnit.MILLISECONDS);
                // What Kubernetes does when a pod is deleted: both begin at once, and neither waits for the other.
                clock.schedule(
                        () -> endpoints.remove(Integer.valueOf(port)), HEARD_AFTER_MILLIS, TimeUnit.MILLISECONDS);
                clock.schedule(replica::terminate, delay, TimeUnit.SECONDS);
                assertEquals(143, replica.waitFor(Duration.ofSeconds(grace)), "ended by SIGTERM, and within its grace");
                ended = true;
                Await.until("polls after the end", LIMIT, () -> afterTheEnd.get() > 100);
                polling.cancel(false);
            }
        }
        assertEquals(List.of(), List.copyOf(failed));
        assertTrue(polls.get() > 1_000, polls::toString);
    }

    private static Map<String, String> otherPorts(int http) {
        return Map.of(
                "PORTCULLIS_GATE_HTTP_PORT", String.valueOf(http),
                "PORTCULLIS_GATE_GRPC_PORT", String.valueOf(FreePorts.next()));
    }
}
