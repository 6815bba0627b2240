package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that name the wrong canary, while the three services watch a real one. */
final class MistakenCallIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void theRealCanaryIsPromotedAndThenAbortedThoughOthersWereAskedAboutMeanwhile() throws IOException {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            var ask = PortcullisClient.of(services);
            var name = ask.argoRelease();
            Await.until("the canary's traffic", LIMIT, () -> ask.release(name).hasFirstRequestTime());

            var typo = Await.value("the misspelt canary's NO_DATA", LIMIT, () -> Optional.of(asked(ask, "cl", "s1"))
                    .filter(answer -> answer.get("reasons").toString().equals("[\"NO_DATA\"]")));
            assertNotEquals(name, typo.get("release").asText());
            assertEquals(400, get(ask, "{{args.canary}}", "s1").statusCode());
            assertEquals(400, get(ask, "c1", "c1").statusCode());
            assertEquals(400, get(ask, "c1", "s2").statusCode());
            assertDrillIsOf("from c1 to s1", ask);

            Await.until(
                    "PROMOTE", LIMIT, () -> ask.argo().get("decision").asText().equals("PROMOTE"));
            site.canaryBad.set(300);
            Await.until("the rollback", LIMIT, () -> !ask.release(name)
                    .getRollback()
                    .isEmpty());
            assertEquals(Release.State.ABORTED, ask.release(name).getState());
            assertEquals(name, ask.argoRelease());
            var misspelt = ask.release(typo.get("release").asText());
            assertEquals(Release.State.OPEN, misspelt.getState());
            assertFalse(misspelt.hasFirstRequestTime());
        }
    }

    private static void assertDrillIsOf(String revisions, PortcullisClient ask) {
        var out = new StringWriter();
        var exit = RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "drill",
                        "checkout",
                        "--dry-run",
                        "--rollback",
                        "127.0.0.1:" + ask.rollbackGrpc(),
                        "--gate",
                        "127.0.0.1:" + ask.gateGrpc());
        assertEquals(0, exit, out::toString);
        assertTrue(out.toString().contains(revisions), out::toString);
    }

    private static java.net.http.HttpResponse<String> get(PortcullisClient ask, String canary, String stable) {
        var query = "/v1/argo?service=checkout&namespace=shop&rollout=checkout&revision=1&canary="
                + URLEncoder.encode(canary, StandardCharsets.UTF_8) + "&stable=" + stable;
        return ask.get(ask.gateHttp(), query);
    }

    private static JsonNode asked(PortcullisClient ask, String canary, String stable) {
        var response = get(ask, canary, stable);
        assertEquals(200, response.statusCode(), response.body());
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }
}
