package dev.portcullis.kit.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An issuer of JWTs, good ones and bad ones, with one RSA key. */
public final class TestIssuer {
    private static final int BITS = 2048;
    private static final long LIFE_SECONDS = 600;

    private final String address;
    private final RSAKey key;

    /** @param address what {@code iss} is */
    public TestIssuer(String address, String keyId) {
        this.address = address;
        try {
            this.key = new RSAKeyGenerator(BITS)
                    .keyID(keyId)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its published keys. */
    public String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Its discovery document. */
    public String discovery() {
        return "{\"issuer\":\"" + address + "\",\"jwks_uri\":\"" + address + "/keys\"}";
    }

    /** A good token of ten minutes for the audience portcullis and the repository shop/checkout. */
    public String token(String subject, Instant now) {
        return token(subject, now, claims -> claims);
    }

    /** The same with more claims. */
    public String token(String subject, Instant now, Map<String, ?> more) {
        return token(subject, now, claims -> {
            more.forEach(claims::claim);
            return claims;
        });
    }

    /** The same with other claims. */
    public String token(String subject, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(header(JWSAlgorithm.RS256).build(), claims(subject, now, change));
    }

    /** The same for another audience. */
    public String forAudience(String subject, Instant now, String audience) {
        return token(subject, now, claims -> claims.audience(audience));
    }

    /** The same with another type. */
    public String typed(String subject, Instant now, String type) {
        return signed(
                header(JWSAlgorithm.RS256).type(new JOSEObjectType(type)).build(),
                claims(subject, now, claims -> claims));
    }

    /** The same that names another key. */
    public String ofKey(String subject, Instant now, String keyId) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims(subject, now, claims -> claims));
    }

    /** The same signed by a key of Ed25519 that is published beside the other when {@link #jwksOf(OctetKeyPair)} is. */
    public String signedBy(OctetKeyPair pair, String subject, Instant now) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(pair.getKeyID()).build();
        var token = new SignedJWT(header, claims(subject, now, claims -> claims));
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD())));
            signer.update(token.getSigningInput());
            return new String(token.getSigningInput(), StandardCharsets.US_ASCII) + "."
                    + Base64URL.encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key of Ed25519. */
    public static OctetKeyPair ed25519(String keyId) {
        try {
            var made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var point = ((EdECPublicKey) made.getPublic()).getEncoded();
            var secret = ((EdECPrivateKey) made.getPrivate()).getBytes().orElseThrow();
            return new OctetKeyPair.Builder(
                            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(point, point.length - 32, point.length)))
                    .d(Base64URL.encode(secret))
                    .keyID(keyId)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its published keys, with another one. */
    public String jwksOf(OctetKeyPair pair) {
        return new JWKSet(List.of(key.toPublicJWK(), pair.toPublicJWK())).toString();
    }

    /** The same without a signature, alg none. */
    public String unsigned(String subject, Instant now) {
        return new PlainJWT(claims(subject, now, claims -> claims)).serialize();
    }

    /** The same with the public key as the secret of an HMAC. */
    public String confused(String subject, Instant now) {
        var token = new SignedJWT(header(JWSAlgorithm.HS256).build(), claims(subject, now, claims -> claims));
        try {
            token.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
    }

    private JWTClaimsSet claims(String subject, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(address)
                        .subject(subject)
                        .audience("portcullis")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(LIFE_SECONDS)))
                        .claim("repository", "shop/checkout"))
                .build();
    }

    private String signed(JWSHeader header, JWTClaimsSet claims) {
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
