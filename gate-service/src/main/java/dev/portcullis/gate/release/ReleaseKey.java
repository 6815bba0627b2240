package dev.portcullis.gate.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two requests one release. Namespace, rollout and revision may be empty.
 *
 * @param canary the canary's arm label value
 */
public record ReleaseKey(String service, String namespace, String rollout, String canary, String revision) {
    /** The rollout it is of. */
    public RolloutKey ofRollout() {
        return new RolloutKey(service, namespace, rollout);
    }

    /** For people: canary 'c1' of service 'checkout'. */
    public String shown() {
        return "canary '" + canary + "' of service '" + service + "'";
    }

    /** SHA-256 of the fields, 64 hex digits: the fields themselves can be longer than an index entry may be. */
    public String digest() {
        var sha = sha256();
        for (var field : List.of(service, namespace, rollout, canary, revision)) {
            var bytes = field.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha.update(bytes);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
