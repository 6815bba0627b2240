package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar with the libraries beside it, as {@code ./portcullis} runs them, does what the classes of the build do. A library that only tests declare, or one that is left out,
 * is on the class path of every other test.
 */
final class DeliveredJarIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void startsAndMeasuresACanary() throws Exception {
        var jar = Path.of("target", "portcullis-launcher.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), "made by the phase package: " + jar);
        try (var site = new Site()) {
            site.configure(folder.resolve("config"));
            var arguments = List.of(
                    "up",
                    "--config",
                    folder.resolve("config").toString(),
                    "--data",
                    folder.resolve("data").toString());
            try (var up = ChildJvm.startJar(jar, arguments, TestPortcullis.freePorts(), folder.resolve("up.out"))) {
                var address = up.awaitLine("portcullis is up: ", LIMIT).split(" ")[3];
                Await.until("a verdict by windows", LIMIT, () -> "PROMOTE".equals(decision(address)));
                up.terminate();
                assertEquals(143, up.waitFor(LIMIT));
            }
        }
    }

    private static String decision(String address) throws Exception {
        var query = URI.create(address).resolve("/v1/argo?service=checkout&canary=c1&stable=s1&revision=1");
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(query)
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return new ObjectMapper().readTree(answer.body()).path("decision").textValue();
        }
    }
}
