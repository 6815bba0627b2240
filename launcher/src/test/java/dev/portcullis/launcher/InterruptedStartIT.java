package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while everything is starting, and kill -9 of the embedded PostgreSQL while everything runs. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class InterruptedStartIT extends InstallationSetup {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    InterruptedStartIT() {
        super(Map.of("PORTCULLIS_LOG_LEVEL", "INFO"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres.begun", "postgres/postmaster.pid", "postgres.initialized"})
    void aSignalDuringTheFirstStartLeavesNoServerAndAFolderThatStarts(String sign) {
        assertStartsAfterASignal(sign);
    }

    @Test
    void aSignalWhileTheProgramsAreUnpackedLeavesAFolderThatStarts() {
        installation = new Installation(
                folder,
                Map.of(
                        "PORTCULLIS_LOG_LEVEL",
                        "INFO",
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString()));
        assertStartsAfterASignal("postgres-programs/begun");
        assertTrue(Files.exists(folder.resolve("cache/portcullis")), "they are kept for other folders");
    }

    private void assertStartsAfterASignal(String sign) {
        try (var first = installation.start()) {
            Await.until(sign, LIMIT, () -> Files.exists(installation.data().resolve(sign)));
            first.terminate();
            assertEquals(143, first.waitFor(LIMIT));
            assertTrue(installation.server().isEmpty(), "no PostgreSQL is left");
        }
        try (var second = installation.up()) {
            second.terminate();
            assertEquals(143, second.waitFor(LIMIT));
            assertTrue(installation.server().isEmpty(), "no PostgreSQL is left");
        }
    }

    @Test
    void aServerThatIsKilledIsStartedAgainAndReadinessComesBack() throws Exception {
        try (var child = installation.up()) {
            Await.until("ready", LIMIT, () -> readiness() == 200);
            installation.server().orElseThrow().destroyForcibly();
            Await.until("told", LIMIT, () -> installation.output().contains("the embedded PostgreSQL is back"));
            Await.until("ready again", LIMIT, () -> readiness() == 200);
            child.terminate();
            assertEquals(143, child.waitFor(LIMIT));
            assertTrue(installation.server().isEmpty(), "no PostgreSQL is left");
        }
        assertTrue(
                installation.output().length() < 40_000, installation.output().length() + " characters of log");
    }

    private int readiness() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var address = "http://127.0.0.1:" + installation.port("GATE_HTTP") + "/health/readiness";
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
            return client.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }
}
