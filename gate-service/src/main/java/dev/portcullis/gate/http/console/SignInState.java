package dev.portcullis.gate.http.console;

import dev.portcullis.kit.identity.AuthorizationCodeFlow.Attempt;
import dev.portcullis.kit.identity.SignIn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code state} of a sign-in: when it was begun and which page it is to lead to, sealed (AES-GCM) by a secret that only the browser has which began it. So nothing is kept
 * of a sign-in that is under way, whoever begins one; every replica can end it; and no other browser can. Nonce and verifier follow from the same secret. Immutable.
 */
final class SignInState {
    /** How long people may take to say who they are. */
    static final Duration GOOD_FOR = Duration.ofMinutes(15);

    /** Behind it a clock of another replica may be. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST_BYTES = NONCE_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE;

    private final Attempt attempt;
    private final String path;

    private SignInState(Attempt attempt, String path) {
        this.attempt = attempt;
        this.path = path;
    }

    /** The sign-in, as the issuer sees it. */
    Attempt attempt() {
        return attempt;
    }

    /** The page that it leads to, a path of the console. */
    String path() {
        return path;
    }

    /**
     * A new one.
     *
     * @param secret that of the browser
     */
    static SignInState begin(String secret, SignIn signIn, String path, Instant now, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var text = path.getBytes(StandardCharsets.UTF_8);
        var plain = ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(now.getEpochSecond())
                .put(text)
                .array();
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, secret, signIn, nonce).doFinal(plain);
            var state = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return of(secret, base64(state), path);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES/GCM", e);
        }
    }

    /** The one that a browser brings back; empty when it is none, too old, of another sign-in's configuration, or another browser's. */
    static Optional<SignInState> open(String secret, SignIn signIn, String state, Instant now) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(state));
            if (bytes.remaining() < LEAST_BYTES) {
                return Optional.empty();
            }
            var nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            var sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            var plain = ByteBuffer.wrap(
                    cipher(Cipher.DECRYPT_MODE, secret, signIn, nonce).doFinal(sealed));
            var age = Duration.between(Instant.ofEpochSecond(plain.getLong()), now);
            if (age.compareTo(GOOD_FOR) > 0 || age.compareTo(SKEW.negated()) < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    of(secret, state, StandardCharsets.UTF_8.decode(plain).toString()));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static SignInState of(String secret, String state, String path) {
        return new SignInState(
                new Attempt(
                        state,
                        base64(mac(secret, "portcullis sign-in nonce\n" + state)),
                        base64(mac(secret, "portcullis sign-in verifier\n" + state))),
                path);
    }

    private static Cipher cipher(int mode, String secret, SignIn signIn, byte[] nonce) throws GeneralSecurityException {
        var key = new SecretKeySpec(mac(secret, "portcullis sign-in seal"), "AES");
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        var of = signIn.issuer().issuer() + "\n" + signIn.clientId();
        cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] mac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
