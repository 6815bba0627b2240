package dev.portcullis.gate.message.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which a receiver knows who sends: those of Standard Webhooks, HMAC-SHA256 over id, time and body. Stateless. */
final class EventSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private EventSignature() {}

    /**
     * The headers.
     *
     * @param secret with the prefix "whsec_" the key in Base64, else the key itself
     * @param sent when it is sent
     * @throws IllegalArgumentException when what follows the prefix is not Base64; the message shows nothing of it
     */
    static Map<String, String> headers(String secret, String id, Instant sent, String body) {
        var seconds = String.valueOf(sent.getEpochSecond());
        var signature = hmac(key(secret), id + "." + seconds + "." + body);
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                seconds,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds no Base64 after " + PREFIX);
        }
        if (key.length == 0) {
            throw new IllegalArgumentException("holds nothing after " + PREFIX);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
