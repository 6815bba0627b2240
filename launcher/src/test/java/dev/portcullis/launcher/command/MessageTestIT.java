package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code message test} against a server that takes messages, and one that does not. */
final class MessageTestIT {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @AutoClose
    private final StubHttpServer server = new StubHttpServer(request -> Response.json(202, "{}"));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void receivers() throws IOException {
        Files.writeString(folder.resolve("key"), KEY);
        Files.writeString(folder.resolve("receivers.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: MessageReceiver
                metadata: {name: on-call}
                spec:
                  pagerDuty: {routingKeyFile: %s, apiUrl: %s}
                """.formatted(folder.resolve("key"), server.address()));
    }

    private int run(String receiver) {
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("message", "test", receiver, "--config", folder.toString());
    }

    @Test
    void whatItOpensItEnds() {
        assertEquals(0, run("on-call"), err::toString);
        assertEquals("on-call, PagerDuty: has the test", out.toString().strip());
        var bodies = server.requests().stream().map(Request::body).toList();
        assertEquals(2, bodies.size());
        assertTrue(bodies.get(0).contains("\"event_action\":\"trigger\""), bodies::toString);
        assertTrue(bodies.get(0).contains("This is a test of the receiver 'on-call'"), bodies::toString);
        assertTrue(bodies.get(1).contains("\"event_action\":\"resolve\""), bodies::toString);
    }

    @Test
    void aReceiverThatDoesNotTakeItIsToldWithoutItsSecret() {
        server.answer(request -> Response.json(400, "{\"errors\":[\"Invalid routing key " + KEY + "\"]}"));
        assertEquals(1, run("on-call"));
        assertTrue(err.toString().startsWith("on-call, PagerDuty: PagerDuty answered with status 400"), err::toString);
        assertFalse(err.toString().contains(KEY), err::toString);
    }

    @Test
    void aMisspeltReceiverIsToldWithTheRightOne() {
        assertEquals(2, run("oncall"));
        assertTrue(
                err.toString().contains("there is no receiver 'oncall'")
                        && err.toString().contains("did you mean 'on-call'?"),
                err::toString);
        assertEquals(0, server.requests().size());
    }

    @Test
    void aFaultyFolderIsToldByPlace() throws IOException {
        Files.writeString(folder.resolve("receivers.yaml"), "kind: x\n");
        assertEquals(1, run("on-call"));
        assertTrue(err.toString().startsWith("receivers.yaml:1: "), err::toString);
    }
}
