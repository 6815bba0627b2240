package dev.portcullis.kit.launch;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret by which the three services know each other. */
final class PeerKey {
    private static final int LEAST = 32;
    private static final int RANDOM_BYTES = 32;

    private PeerKey() {}

    /**
     * That of whoever starts all services together, or of a file.
     *
     * @param given empty where services run apart
     * @param file empty for none
     * @param needed whether callers have to be known, so that without a common secret the services would refuse each other
     * @throws StartupException when it is needed and there is none, or the file holds none
     */
    static String of(String given, String file, boolean needed) {
        if (!given.isEmpty()) {
            return given;
        }
        if (!file.isBlank()) {
            return read(file);
        }
        if (needed) {
            throw new StartupException(
                    "PORTCULLIS_PEER_KEY_FILE is not set: where a document of kind Access says who may call,"
                            + " services that run apart know each other by a secret in a file, the same for all three"
                            + " (openssl rand -hex 32)");
        }
        // Nobody asks for it, and it is that of no other process.
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String read(String file) {
        try {
            var secret = FileText.read(Path.of(file), StandardCharsets.UTF_8).strip();
            if (secret.length() >= LEAST) {
                return secret;
            }
            throw new StartupException("PORTCULLIS_PEER_KEY_FILE: " + file + " has " + secret.length()
                    + " characters; legal: " + LEAST + " or more, at random (openssl rand -hex 32)");
        } catch (InvalidPathException e) {
            throw new StartupException("PORTCULLIS_PEER_KEY_FILE: '" + file + "' is no path", e);
        } catch (IOException e) {
            throw new StartupException(
                    "PORTCULLIS_PEER_KEY_FILE: " + file + " cannot be read: " + FileText.fault(e), e);
        }
    }
}
