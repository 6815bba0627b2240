package dev.portcullis.gate.http.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature under a webhook of GitHub: HMAC with SHA-256 (RFC 2104) of the body as it was sent. Stateless. */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String FORM = "sha256=";

    private WebhookSignature() {}

    /**
     * Whether the body is signed with the secret in a file. Takes the same time for every signature that is wrong.
     *
     * @param signature the header X-Hub-Signature-256
     * @throws IOException when the file cannot be read or is empty
     */
    static boolean right(Optional<String> signature, byte[] body, Path secretFile) throws IOException {
        var secret = Files.readString(secretFile).strip();
        if (secret.isEmpty()) {
            throw new IOException("the file is empty");
        }
        var expected = FORM + HexFormat.of().formatHex(hmac(secret, body));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.orElse("").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
