package dev.portcullis.kit.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures of Ed25519 (RFC 8037) by what Java has of it; the JOSE library would need Tink for them. Stateless. */
final class Ed25519Signature {
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;
    /** What stands before the bare key in the form that Java reads (RFC 8410, section 4). */
    private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Signature() {}

    /** Whether a key has signed a token; false also for a key of another curve, or one that is none. */
    static boolean isOf(OctetKeyPair key, SignedJWT token) {
        var bare = key.getDecodedX();
        if (!Curve.Ed25519.equals(key.getCurve()) || bare.length != KEY_BYTES || isExtended(token)) {
            return false;
        }
        var encoded = new byte[BEFORE_KEY.length + KEY_BYTES];
        System.arraycopy(BEFORE_KEY, 0, encoded, 0, BEFORE_KEY.length);
        System.arraycopy(bare, 0, encoded, BEFORE_KEY.length, KEY_BYTES);
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(token.getSigningInput());
            return verifier.verify(token.getSignature().decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** One that says it has to be understood in a way that is not known here (RFC 7515, section 4.1.11). */
    private static boolean isExtended(SignedJWT token) {
        var critical = token.getHeader().getCriticalParams();
        return critical != null && !critical.isEmpty();
    }
}
