package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.launcher.command.RootCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who starts it with nothing configured. */
final class FirstStartIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @Test
    void anEmptyFolderIsToldWithWhatToDoAndThatIsTakenUpWhileItRuns() throws Exception {
        var config = Files.createDirectories(folder.resolve("config"));
        var output = folder.resolve("up.out");
        var arguments = List.of(
                "up",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString());
        try (var up = ChildJvm.start(Portcullis.class, arguments, TestPortcullis.freePorts(), output)) {
            var line = up.awaitLine("portcullis is up: ", LIMIT);
            assertTrue(line.endsWith(" says what can be asked"), line);
            assertEquals(
                    "nothing is configured: " + config + " has no ReleasePolicy, so every answer is HOLD. Start with"
                            + " ./portcullis init " + config
                            + ", in another terminal; what it writes is in use a second later",
                    up.awaitLine("nothing is configured", LIMIT));
            var page = get(line.split(" ")[3]);
            assertTrue(page.contains("/v1/argo?service="), page);

            var told = new PrintWriter(new StringWriter(), true);
            assertEquals(0, RootCommand.commandLine().setOut(told).execute("init", config.toString()));
            Await.until("the new content is in use", LIMIT, () -> lines(output, "the new content is in use") > 0);
        }
        assertEquals(1, lines(output, "the new content is in use"), "once for all three services");
    }

    @Test
    void aFolderThatCannotBeUsedIsRefusedBeforeAnythingIsStarted() throws Exception {
        var faulty = Files.createDirectories(folder.resolve("faulty"));
        Files.writeString(faulty.resolve("a.yaml"), "apiVersion: openslo/v2\n");
        for (var config : List.of(folder.resolve("missing"), faulty)) {
            var output = folder.resolve("refused.out");
            var data = folder.resolve("data");
            var arguments = List.of("up", "--config", config.toString(), "--data", data.toString());
            try (var up = ChildJvm.start(Portcullis.class, arguments, TestPortcullis.freePorts(), output)) {
                assertEquals(1, up.waitFor(LIMIT));
            }
            assertTrue(
                    lines(output, config.equals(faulty) ? "a.yaml:1: " : config.toString()) > 0,
                    Files.readString(output));
            assertTrue(Files.notExists(data), "no PostgreSQL was started");
        }
    }

    private static long lines(Path output, String part) throws IOException {
        try (var lines = Files.lines(output)) {
            return lines.filter(line -> line.contains(part)).count();
        }
    }

    private static String get(String address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
