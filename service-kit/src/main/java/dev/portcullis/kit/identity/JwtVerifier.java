package dev.portcullis.kit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import dev.portcullis.kit.text.RequestName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JWTs of configured issuers (RFC 7519, with the advice of RFC 8725): only asymmetric algorithms, the exact issuer, our audience, times with a tolerance of
 * {@link #SKEW}, a type that is a JWT's or an access token's. Thread-safe; may wait for an issuer's keys.
 */
final class JwtVerifier {
    static final Duration SKEW = Duration.ofSeconds(60);

    /** Neither {@code none} nor any that a public key could be the secret of. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final int LEAST_RSA_BITS = 2048;

    private final KeyDocuments documents;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor background;
    private final Map<Issuer, IssuerKeys> keys = new ConcurrentHashMap<>();

    JwtVerifier(KeyDocuments documents, InstantSource clock, LongSupplier nanoTime, Executor background) {
        this.documents = documents;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.background = background;
    }

    /** Who sends the token, by the issuers that are configured now. */
    Caller verify(SignedJWT token, JWTClaimsSet claims, List<Issuer> issuers) throws CallRefusedException {
        var header = token.getHeader();
        checkHeader(header);
        var issuer = issuers.stream()
                .filter(known -> known.issuer().toString().equals(claims.getIssuer()))
                .findFirst()
                .orElseThrow(() -> CallRefusedException.credentials("the issuer of the JWT is not configured"));
        checkClaims(claims, issuer.audience());
        keys.keySet().retainAll(issuers);
        checkSignature(token, issuer);
        return caller(issuer, claims);
    }

    /**
     * Verifies an ID token (OpenID Connect Core 1.0, section 3.1.3.7).
     *
     * @param nonce what the sign-in has asked for, so that no token of another one is taken
     */
    void verifyIdToken(SignedJWT token, JWTClaimsSet claims, SignIn signIn, String nonce) throws CallRefusedException {
        checkHeader(token.getHeader());
        var type = token.getHeader().getType();
        if (type != null && !type.getType().equalsIgnoreCase("JWT")) {
            throw CallRefusedException.credentials("the type of the JWT is not that of an ID token");
        }
        if (!signIn.issuer().issuer().toString().equals(claims.getIssuer())) {
            throw CallRefusedException.credentials("the JWT is of another issuer than the sign-in");
        }
        checkClaims(claims, signIn.clientId());
        checkParty(claims, signIn.clientId());
        checkSignature(token, signIn.issuer());
        if (!nonce.equals(claims.getClaim("nonce"))) {
            throw CallRefusedException.credentials("the JWT is not for this sign-in: its nonce is another");
        }
    }

    /** A token for several audiences was issued to one of them, which may not be us. */
    private static void checkParty(JWTClaimsSet claims, String clientId) throws CallRefusedException {
        var party = claims.getClaim("azp");
        if (party == null ? claims.getAudience().size() > 1 : !party.equals(clientId)) {
            throw CallRefusedException.credentials("the JWT was issued to another client (azp)");
        }
    }

    /** Who somebody is that has signed in, by what the issuer is configured to mean now. */
    static Caller caller(SignIn signIn, JWTClaimsSet claims) throws CallRefusedException {
        if (!signIn.issuer().issuer().toString().equals(claims.getIssuer())
                || !claims.getAudience().contains(signIn.clientId())
                || subject(claims).isEmpty()) {
            throw CallRefusedException.credentials("people sign in with another issuer or client by now");
        }
        return caller(signIn.issuer(), claims);
    }

    private static void checkHeader(JWSHeader header) throws CallRefusedException {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw CallRefusedException.credentials("the algorithm of the JWT is none that is taken");
        }
        var type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw CallRefusedException.credentials("the type of the JWT is neither JWT nor at+jwt");
        }
    }

    private void checkClaims(JWTClaimsSet claims, String audience) throws CallRefusedException {
        if (!claims.getAudience().contains(audience)) {
            throw CallRefusedException.credentials("the JWT is not for the audience '" + audience + "'");
        }
        checkTimes(claims, clock.instant());
        if (subject(claims).isEmpty()) {
            throw CallRefusedException.credentials("the JWT has no legal subject");
        }
    }

    /** The rules of time that all JWTs are under. */
    static void checkTimes(JWTClaimsSet claims, Instant now) throws CallRefusedException {
        var end = instant(claims.getExpirationTime());
        var issued = instant(claims.getIssueTime());
        var begin = instant(claims.getNotBeforeTime());
        if (end.isEmpty() || issued.isEmpty()) {
            throw CallRefusedException.credentials("the JWT lacks exp or iat");
        }
        if (!now.isBefore(end.get().plus(SKEW))) {
            throw CallRefusedException.credentials("the JWT has expired");
        }
        var soonest = now.plus(SKEW);
        if (issued.get().isAfter(soonest) || begin.filter(soonest::isBefore).isPresent()) {
            throw CallRefusedException.credentials("the JWT is not valid yet");
        }
    }

    private static Optional<Instant> instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }

    private void checkSignature(SignedJWT token, Issuer issuer) throws CallRefusedException {
        List<JWK> found;
        try {
            found = keys.computeIfAbsent(issuer, added -> new IssuerKeys(added, documents, nanoTime, background))
                    .matching(JWKMatcher.forJWSHeader(token.getHeader()));
        } catch (IssuerKeys.UnavailableException e) {
            throw new CallRefusedException(
                    Reason.ISSUER_UNAVAILABLE,
                    "the credentials cannot be verified: the keys of their issuer cannot be had just now");
        }
        if (found.isEmpty()) {
            throw CallRefusedException.credentials("the issuer has no such key as the JWT names");
        }
        for (var key : found) {
            if (isSignedBy(token, key)) {
                return;
            }
        }
        throw CallRefusedException.credentials("the signature of the JWT is wrong");
    }

    private static boolean isSignedBy(SignedJWT token, JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa ->
                    rsa.size() >= LEAST_RSA_BITS && token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
                case ECKey curve -> token.verify(new ECDSAVerifier(curve.toECPublicKey()));
                case OctetKeyPair pair -> Ed25519Signature.isOf(pair, token);
                default -> false;
            };
        } catch (JOSEException e) {
            // A key that does not suit the algorithm has not signed it.
            return false;
        }
    }

    private static Caller caller(Issuer issuer, JWTClaimsSet claims) {
        var subject = subject(claims).orElseThrow();
        var name = text(claims.getClaim(issuer.nameClaim()))
                .filter(JwtVerifier::isName)
                .orElse(subject);
        var grants = issuer.rules().stream()
                .filter(rule -> matches(rule, claims))
                .flatMap(rule -> rule.grants().stream())
                .toList();
        return new Caller(Caller.Kind.JWT, issuer.issuer().toString(), subject, name, grants, groups(issuer, claims));
    }

    /** One that is no name can be asked for by nobody. */
    private static List<String> groups(Issuer issuer, JWTClaimsSet claims) {
        var claim = claims.getClaim(issuer.groupsClaim());
        Collection<?> all = claim instanceof Collection<?> several ? several : Collections.singletonList(claim);
        return all.stream()
                .flatMap(one -> text(one).stream())
                .filter(JwtVerifier::isName)
                .distinct()
                .toList();
    }

    private static Optional<String> subject(JWTClaimsSet claims) {
        return Optional.ofNullable(claims.getSubject()).filter(JwtVerifier::isName);
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && RequestName.fault(text).isEmpty();
    }

    private static boolean matches(ClaimRule rule, JWTClaimsSet claims) {
        return rule.claims().entrySet().stream()
                        .allMatch(wanted -> matches(wanted.getValue(), claims.getClaim(wanted.getKey())))
                && rule.condition().map(condition -> condition.holds(claims)).orElse(true);
    }

    private static boolean matches(String pattern, @Nullable Object claim) {
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(one -> text(one)
                        .filter(value -> Glob.matches(pattern, value))
                        .isPresent())
                : text(claim).filter(value -> Glob.matches(pattern, value)).isPresent();
    }

    /** A claim of one word; empty for anything else. */
    private static Optional<String> text(@Nullable Object claim) {
        return claim instanceof String || claim instanceof Number || claim instanceof Boolean
                ? Optional.of(claim.toString())
                : Optional.empty();
    }
}
