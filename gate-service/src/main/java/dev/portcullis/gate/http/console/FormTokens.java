package dev.portcullis.gate.http.console;

import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.PeerTokens;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens that forms carry, which no page of others can know: of the session of whoever looks, or of him alone where there is none. Nothing of them is kept, and every
 * replica takes those of the others. Thread-safe.
 */
@Singleton
public final class FormTokens {
    private static final String SECRET = "portcullis.console.secret";
    private static final String PURPOSE = "portcullis console form";

    private final byte[] ofInstallation;

    /** @param peers whose secret all replicas have, and no browser */
    public FormTokens(PeerTokens peers) {
        this.ofInstallation = peers.secretFor(PURPOSE);
    }

    /** Notes the secret of the session that a request belongs to. */
    static void noteSession(HttpRequest<?> request, String secret) {
        request.setAttribute(SECRET, secret);
    }

    /** Whether a request belongs to a session. */
    static boolean hasSession(HttpRequest<?> request) {
        return request.getAttribute(SECRET).isPresent();
    }

    /** The token for the forms of a page. */
    String of(HttpRequest<?> request) {
        var caller = RequestCaller.of(request);
        var session = request.getAttribute(SECRET, String.class);
        return session.isPresent()
                ? mac(session.get().getBytes(StandardCharsets.UTF_8), PURPOSE)
                : mac(ofInstallation, PURPOSE + "\n" + caller.issuer() + "\n" + caller.subject());
    }

    /** Whether a form that is sent was on a page for the same session or caller. */
    boolean isOf(HttpRequest<?> request, String sent) {
        return MessageDigest.isEqual(
                of(request).getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private static String mac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
