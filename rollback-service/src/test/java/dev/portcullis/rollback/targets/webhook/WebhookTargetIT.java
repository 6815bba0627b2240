package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public final class WebhookTargetIT extends RollbackTargetContract {
    private static final String SECRET = "s3cr3t-t0ken";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TrafficSwitch other = new TrafficSwitch();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, String> values =
            new HashMap<>(Map.of("url", other.url(), "readBack", other.readBack(), "timeout", "PT20S"));
    private final WebhookTarget target = new WebhookTarget(
            new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry())),
            Map.of("ROLLBACK_TOKEN", SECRET, "BROKEN_TOKEN", "a\u0001b"),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        ended.countDown();
        other.close();
    }

    @Override
    protected TargetWorld open() {
        return new SwitchWorld();
    }

    private Assignment assignment() {
        var order = new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it's burning");
        return new Assignment("rollbacks/1", "1/1", 7, order, new TargetSettings("webhook", "webhook 1", values));
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theCallIsAsDocumented() {
        target.apply(assignment());
        var post = other.posts().getFirst();
        assertEquals("/return", post.uri().toString());
        assertEquals("application/json", post.headers().get("content-type"));
        assertEquals("1/1", post.headers().get("idempotency-key"));
        assertEquals("7", post.headers().get("fencing-token"));
        assertFalse(post.headers().containsKey("authorization"));
        assertEquals(
                "{\"rollback\":\"rollbacks/1\",\"service\":\"checkout\",\"release\":\"services/checkout/releases/r\","
                        + "\"from\":\"7d9c8\",\"to\":\"5f6b7\",\"reason\":\"it's burning\"}",
                post.body());
    }

    @Test
    void theReadBackIsAskedForServiceAndRevision() {
        target.observe(assignment());
        values.put("readBack", other.readBack() + "?cluster=a");
        target.observe(assignment());
        assertEquals(
                "/where?service=checkout&to=5f6b7", other.looks().get(0).uri().toString());
        assertEquals(
                "/where?cluster=a&service=checkout&to=5f6b7",
                other.looks().get(1).uri().toString());
    }

    @ParameterizedTest(name = "{0} answers {1}")
    @CsvSource({
        "200, Accepted",
        "202, Accepted",
        "204, Accepted",
        "301, Refused",
        "400, Refused",
        "401, Refused",
        "403, Refused",
        "404, Refused",
        "422, Refused",
        "408, AgainUnknown",
        "409, AgainUnknown",
        "425, Again",
        "429, Again",
        "500, AgainUnknown",
        "502, AgainUnknown",
        "503, AgainUnknown",
    })
    void anAnswerMeansWhatItsStatusSays(int status, String meaning) {
        other.onReturn = request -> Response.text(status, "");
        var result = target.apply(assignment());
        assertTrue(
                result.text()
                        .endsWith(
                                "/return answered " + status + (status == 301 ? " (redirects are not followed)" : "")),
                result.text());
        assertEquals(
                meaning,
                result.getClass().getSimpleName()
                        + (result instanceof ApplyResult.Again again && again.effectUnknown() ? "Unknown" : ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "[]",
                "null",
                "not json",
                "{}",
                "{\"restored\":\"true\"}",
                "{\"restored\":1}",
                "{\"restored\":null}",
                "{\"restored\":true,\"detail\":7}",
                "{\"restored\":true} {\"restored\":false}",
                "{\"restored\":true,\"restored\":false}",
                "<html>",
            })
    void aReadBackThatSaysSomethingElseIsUnreadable(String body) {
        other.onLook = request -> Response.json(200, body);
        assertInstanceOf(TargetObservation.Unreadable.class, target.observe(assignment()));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 404, 500})
    void aReadBackWithAnotherStatusIsUnreadable(int status) {
        other.onLook = request -> Response.json(status, status == 204 ? "" : "{\"restored\":true}");
        var seen = assertInstanceOf(TargetObservation.Unreadable.class, target.observe(assignment()));
        assertTrue(seen.text().contains("/where answered " + status), seen.text());
    }

    @Test
    void theTokenGoesAlongAndIsNeverRepeated() throws Exception {
        var file = folder.resolve("token");
        Files.writeString(file, SECRET + "\n");
        values.put("tokenFile", file.toString());
        other.onReturn =
                request -> Response.text(400, "you sent " + request.headers().get("authorization"));
        other.onLook = request -> Response.json(
                200, "{\"restored\":false,\"detail\":\"" + request.headers().get("authorization") + "\"}");
        var result = target.apply(assignment());
        var seen = target.observe(assignment());
        assertEquals("Bearer " + SECRET, other.posts().getFirst().headers().get("authorization"));
        assertEquals("Bearer " + SECRET, other.looks().getFirst().headers().get("authorization"));
        assertTrue(result.text().endsWith(": you sent Bearer ***"), result.text());
        assertEquals("restored: false, Bearer ***", seen.text());
        assertFalse(target.commandToApply(assignment()).contains(SECRET));
        Files.writeString(file, "another");
        target.observe(assignment());
        assertEquals("Bearer another", other.looks().getLast().headers().get("authorization"));
    }

    @Test
    void aTokenOfTheEnvironmentIsReadAtUse() {
        values.put("tokenEnv", "ROLLBACK_TOKEN");
        target.observe(assignment());
        assertEquals("Bearer " + SECRET, other.looks().getFirst().headers().get("authorization"));
        assertTrue(target.commandToLook(assignment()).contains("\"Authorization: Bearer $ROLLBACK_TOKEN\""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "tokenFile, /nowhere/token, cannot be read",
        "tokenEnv, NO_SUCH_TOKEN, is empty",
        "tokenEnv, BROKEN_TOKEN, holds characters a header cannot carry",
    })
    void withoutItsTokenNoCallIsMade(String key, String value, String fault) {
        values.put(key, value);
        var seen = assertInstanceOf(TargetObservation.Unreadable.class, target.observe(assignment()));
        var outcome = assertInstanceOf(ApplyResult.Again.class, target.apply(assignment()));
        assertTrue(seen.text().contains(fault), seen.text());
        assertTrue(outcome.text().contains(value) && !outcome.effectUnknown(), outcome.text());
        assertEquals(0, other.posts().size() + other.looks().size());
    }

    @Test
    void aLongAnswerIsCutToOneShortLine() {
        other.onReturn = request -> Response.text(500, "line\n\tafter\u0000line ".repeat(1000));
        var text = target.apply(assignment()).text();
        assertTrue(text.length() < 300 && text.endsWith("..."), text);
        assertFalse(text.chars().anyMatch(Character::isISOControl), text);
    }

    @Test
    @Timeout(30)
    void anAnswerThatNeverEndsIsATimeout() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                    await();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            values.put("url", "http://127.0.0.1:" + server.getLocalPort() + "/return");
            values.put("timeout", "PT0.5S");
            var outcome = assertInstanceOf(ApplyResult.Again.class, target.apply(assignment()));
            assertTrue(outcome.effectUnknown());
            assertTrue(outcome.text().contains("no answer within 500 ms"), outcome.text());
        }
    }

    @Test
    void theCommandForAPersonIsTheSameCall() throws Exception {
        var curl = new ProcessBuilder("sh", "-c", "command -v curl").start();
        org.junit.jupiter.api.Assumptions.assumeTrue(curl.waitFor() == 0, "no curl on the PATH");
        target.apply(assignment());
        var process = new ProcessBuilder("sh", "-c", target.commandToApply(assignment())).start();
        assertEquals(0, process.waitFor());
        var ours = other.posts().get(0);
        var theirs = other.posts().get(1);
        assertEquals(ours.body(), theirs.body());
        assertEquals(ours.headers().get("idempotency-key"), theirs.headers().get("idempotency-key"));
        assertEquals(1, other.effects());
        var look = new ProcessBuilder("sh", "-c", target.commandToLook(assignment())).start();
        assertEquals(0, look.waitFor());
        assertTrue(
                new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("\"restored\":true"));
    }
}
