package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSeverity;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.News;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What each version stored of a message is read for ever: {@code stored/<version>}. */
final class StoredMessageTest {
    private static final Figures FIGURES = Figures.about(
            "availability",
            new Figures.Ratios(699, 0, 100, 20),
            List.of(new ObjectiveFigures(
                    "availability",
                    new Figures.Arms(100, 0),
                    new Figures.Arms(1, 0),
                    new Figures.Arms(0.99, -1),
                    new Figures.Arms(10, -1))));
    private static final Message MESSAGE = new Message(
            UUID.fromString("11111111-2222-3333-4444-555555555555"),
            "on-call",
            new News(
                    MessageEvent.RELEASE_ABORTED,
                    new MessageSubject(
                            UUID.fromString("66666666-7777-8888-9999-aaaaaaaaaaaa"),
                            "checkout",
                            "shop",
                            "checkout",
                            "7d9c8",
                            "5b6f4",
                            "v42",
                            "registry.example/checkout@sha256:0f",
                            "rollbacks/1"),
                    "gate",
                    "too many fail\u0000 \"<&\n",
                    Optional.of(FIGURES),
                    true,
                    Instant.parse("2026-03-01T12:00:00.123456Z")),
            MessageSeverity.SEV2,
            true,
            Set.of(MessageEvent.PROMOTION_WAITS));

    @Test
    void whatTheNewestVersionStoredIsReadAsItWasMeant() throws IOException {
        assertEquals(MESSAGE, StoredMessage.COLUMN.read(text(), "7"));
    }

    @Test
    void whatIsWrittenIsTheNewestVersion() throws IOException {
        var json = new ObjectMapper();
        assertEquals(json.readTree(text()), json.readTree(StoredMessage.COLUMN.write(MESSAGE)));
    }

    private static String text() throws IOException {
        var path = "/stored/2/message.json";
        try (var file = Objects.requireNonNull(StoredMessageTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
