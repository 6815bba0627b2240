package dev.portcullis.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
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
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while everything is starting, and kill -9 of the embedded PostgreSQL while everything runs. */
final class InterruptedStartIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Map<String, String> ports = Up.freePorts();

    @BeforeAll
    static void train(@TempDir Path empty) {
        Up.train(empty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres-programs", "postgres.begun", "postgres/postmaster.pid", "postgres.initialized"})
    void aSignalDuringTheFirstStartLeavesNoServerAndAFolderThatStarts(String sign) {
        try (var first = child("first.out")) {
            Await.until(sign, LIMIT, () -> Files.exists(folder.resolve("data").resolve(sign)));
            first.terminate();
            assertEquals(143, first.waitFor(LIMIT));
            assertTrue(server().isEmpty(), "no PostgreSQL is left");
        }
        try (var second = child("second.out")) {
            second.awaitLine("portcullis is up", LIMIT);
            second.terminate();
            assertEquals(143, second.waitFor(LIMIT));
            assertTrue(server().isEmpty(), "no PostgreSQL is left");
        }
    }

    @Test
    void aServerThatIsKilledIsStartedAgainAndReadinessComesBack() throws Exception {
        try (var child = child("up.out")) {
            child.awaitLine("portcullis is up", LIMIT);
            Await.until("ready", LIMIT, () -> readiness() == 200);
            server().orElseThrow().destroyForcibly();
            Await.until("told", LIMIT, () -> output().contains("the embedded PostgreSQL is back"));
            Await.until("ready again", LIMIT, () -> readiness() == 200);
            child.terminate();
            assertEquals(143, child.waitFor(LIMIT));
            assertTrue(server().isEmpty(), "no PostgreSQL is left");
        }
        assertTrue(output().length() < 40_000, output().length() + " characters of log");
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("up.out"));
    }

    private int readiness() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var address = "http://127.0.0.1:" + ports.get("PORTCULLIS_GATE_HTTP_PORT") + "/health/readiness";
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
            return client.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }

    private Optional<ProcessHandle> server() {
        var data = folder.resolve("data/postgres").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(data))
                .findFirst();
    }

    private ChildJvm child(String output) {
        var arguments = List.of(
                "up",
                "--config",
                folder.resolve("config").toString(),
                "--data",
                folder.resolve("data").toString());
        try {
            Files.createDirectories(folder.resolve("config"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var environment = new HashMap<>(ports);
        environment.put("PORTCULLIS_LOG_LEVEL", "INFO");
        return ChildJvm.start(Portcullis.class, arguments, environment, folder.resolve(output));
    }
}
