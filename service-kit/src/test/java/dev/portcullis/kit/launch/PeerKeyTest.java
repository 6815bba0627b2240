package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the secret of the three services comes from. */
final class PeerKeyTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private static String refusal(String file) {
        return assertThrows(StartupException.class, () -> PeerKey.of("", file, true))
                .getMessage();
    }

    @Test
    void whoStartsAllGivesItAndOthersReadIt() throws IOException {
        var file = Files.writeString(folder.resolve("key"), SECRET + "\n");
        assertEquals("given", PeerKey.of("given", file.toString(), true));
        assertEquals(SECRET, PeerKey.of("", file.toString(), true));
    }

    @Test
    void whereItIsNotNeededEachHasOneOfItsOwn() {
        assertNotEquals(PeerKey.of("", "", false), PeerKey.of("", "", false));
    }

    @Test
    void whereItIsNeededAndNotThereTheStartSaysSo() throws IOException {
        assertTrue(refusal("").startsWith("PORTCULLIS_PEER_KEY_FILE is not set: "));
        var file = Files.writeString(folder.resolve("key"), "short");
        assertTrue(refusal(file.toString()).contains("has 5 characters; legal: 32 or more"));
        assertTrue(refusal(folder.resolve("none").toString()).contains("cannot be read: "));
    }
}
