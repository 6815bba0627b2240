package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers of messages as the doctor looks at them, without a message. */
final class MessageExaminationIT {
    private static final String FIX =
            "fix: ./portcullis message test team says when it is mended; until then it is told nothing";

    @TempDir
    Path folder;

    @AutoClose
    private final StubHttpServer slack = new StubHttpServer(request -> Response.json(200, "{\"ok\":true}"));

    @BeforeEach
    void secret() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("token"), "xoxb-a-secret");
        receiver(slack.address());
    }

    private void receiver(String address) throws IOException {
        Files.writeString(folder.resolve("config/team.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: MessageReceiver
                metadata: {name: team}
                spec:
                  slack: {channel: C0123456789, tokenFile: %s, apiUrl: %s}
                """.formatted(folder.resolve("token"), address));
    }

    private List<String> lines() {
        return ExaminationResults.lines(new MessageExamination(), folder, Map.of());
    }

    @Test
    void aReceiverThatKnowsTheTokenIsWellAndHearsOfNothing() {
        assertEquals(List.of("ok   messages      'team', Slack channel C0123456789 can be reached"), lines());
        assertEquals(
                List.of("/auth.test"),
                slack.requests().stream()
                        .map(request -> request.uri().getPath())
                        .toList());
    }

    @Test
    void aTokenThatIsRefusedIsTold() {
        slack.answer(request -> Response.json(200, "{\"ok\":false,\"error\":\"token_revoked\"}"));
        assertEquals(
                List.of(
                        "FAIL messages      'team', Slack channel C0123456789: "
                                + "Slack answered auth.test with token_revoked",
                        FIX),
                lines());
    }

    @Test
    void aReceiverThatIsNotThereIsTold() throws IOException {
        var address = "http://127.0.0.1:" + FreePorts.next();
        receiver(address);
        assertEquals(
                List.of(
                        "FAIL messages      'team', Slack channel C0123456789: " + address
                                + " cannot be reached: Connection refused",
                        FIX),
                lines());
    }

    @Test
    void withoutReceiversThereIsNothingToTell() throws IOException {
        Files.delete(folder.resolve("config/team.yaml"));
        assertEquals(List.of(), lines());
    }
}
