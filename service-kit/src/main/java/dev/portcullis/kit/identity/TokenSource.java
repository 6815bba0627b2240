package dev.portcullis.kit.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The port to where tokens are that gate-service has made. Called from one thread at a time. */
@FunctionalInterface
public interface TokenSource {
    /**
     * Those that are good, all of them.
     *
     * @param uses the hours in which some were used here since the last call, by their SHA-256
     * @throws RuntimeException when they cannot be had; its message says why in a line
     */
    List<AccessRules.Token> good(Map<String, Instant> uses);
}
