package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a text of a stranger can do to the log: a process of its own, for the log goes to its standard error. */
final class LogLinesIT {
    /** The process: logs one message. */
    static final class Logging {
        private Logging() {}

        public static void main(String[] arguments) {
            LoggerFactory.getLogger("shop")
                    .info(
                            "aborted: {}",
                            "escape \u001b[2J \u009b2J \u202e\u2066 and\0\r\n2026-03-01 INFO forged\tline");
        }
    }

    @Test
    void aMessageForgesNoLineAndMovesNoCursor(@TempDir Path folder) throws IOException {
        var output = folder.resolve("log");
        try (var child = ChildJvm.start(Logging.class, List.of(), Map.of(), output)) {
            assertEquals(0, child.waitFor(Duration.ofSeconds(60)));
        }
        var lines = Files.readAllLines(output);
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.getFirst().endsWith(" aborted: escape ?[2J ?2J ?? and??"), lines::toString);
        assertEquals("    2026-03-01 INFO forged\tline", lines.getLast());
    }
}
