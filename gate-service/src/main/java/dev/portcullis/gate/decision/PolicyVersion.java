package dev.portcullis.gate.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The ReleasePolicy by which a decision was made, as it was then.
 *
 * @param name of the ReleasePolicy
 * @param undecided its word for what to do when the deadline passes undecided
 * @param onFail its words for what a FAIL does, by those of severities; without those that abort
 * @param text all of it, as YAML
 */
public record PolicyVersion(String name, String undecided, Map<String, String> onFail, String text) {
    public PolicyVersion {
        onFail = Map.copyOf(onFail);
    }

    /** SHA-256 of the text in UTF-8, 64 hex digits. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
