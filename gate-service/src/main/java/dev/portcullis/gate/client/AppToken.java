package dev.portcullis.gate.client;

import dev.portcullis.gate.github.GitHubApiException;
import dev.portcullis.gate.github.GitHubApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The JSON Web Token (RFC 7519) by which an app of GitHub shows who it is: RS256, for ten minutes at most. Stateless. */
final class AppToken {
    /** GitHub's clock may be behind. */
    private static final Duration BEFORE = Duration.ofSeconds(60);
    /** GitHub refuses more than ten minutes from its now on. */
    private static final Duration AFTER = Duration.ofMinutes(9);

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<form>|RSA )PRIVATE KEY-----(?<content>[^-]*)-----END");

    /** PKCS#8 (RFC 5208) of an RSA key: version 0 and the identifier of rsaEncryption (RFC 8017), before the key itself. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int TWO_BYTES_OF_LENGTH = 0x82;

    private AppToken() {}

    /** @throws GitHubApiException when the private key cannot be had; the message names its file and shows nothing of it */
    static String of(GitHubApp app, Instant now) throws GitHubApiException {
        var claims = "{\"iat\":" + now.minus(BEFORE).getEpochSecond() + ",\"exp\":"
                + now.plus(AFTER).getEpochSecond() + ",\"iss\":\"" + app.clientId() + "\"}";
        var signed = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key(app.privateKeyFile()));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(app.privateKeyFile(), "holds no RSA key");
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Read at each use, so that a changed key counts at once. */
    private static PrivateKey key(Path file) throws GitHubApiException, GeneralSecurityException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw unusable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        var pem = PEM.matcher(text);
        if (!pem.find()) {
            throw unusable(file, "holds no private key in PEM that is not encrypted");
        }
        var content = Base64.getMimeDecoder().decode(pem.group("content"));
        var key = pem.group("form").isEmpty() ? content : wrapped(content);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
    }

    /** PKCS#8 of the bare key (PKCS#1) that GitHub gives out. */
    private static byte[] wrapped(byte[] bare) {
        var parts = new ByteArrayOutputStream();
        parts.writeBytes(RSA);
        parts.writeBytes(element(OCTET_STRING, bare));
        return element(SEQUENCE, parts.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(TWO_BYTES_OF_LENGTH);
        element.write(content.length >> 8);
        element.write(content.length);
        element.writeBytes(content);
        return element.toByteArray();
    }

    private static GitHubApiException unusable(Path file, String fault) {
        return new GitHubApiException("file " + file + " " + fault + "; GitHub was not asked", false);
    }
}
