package dev.portcullis.kit.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.kit.text.RequestName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the three services show each other: a JWT of a minute for one gRPC service, under a secret that all three have (HMAC with SHA-256). Whoever has one may do what the
 * services ask of each other, with every service; nobody but this Portcullis can make one. One that carries a caller (RFC 8693: he is the subject, and {@code act} the service
 * that acts for him) is good for what he may do, and no more. Thread-safe.
 */
public final class PeerTokens {
    private static final Duration LIFE = Duration.ofSeconds(60);
    /** After that a new one is made, so that none is sent that ends on its way. */
    private static final Duration USED_FOR = Duration.ofSeconds(20);

    private static final JOSEObjectType TYPE = new JOSEObjectType("portcullis-peer+jwt");
    private static final String ACTOR = "act";
    private static final String CALLER = "caller";
    private static final List<Grant> GRANTS = List.of(new Grant(Role.OPERATOR, ServiceGroup.ALL));

    private record Made(String text, Instant time) {}

    private final byte[] key;
    private final String service;
    private final InstantSource clock;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    /**
     * Those of a service.
     *
     * @param secret any text that the three share and nobody else knows
     * @param service whose they are, as "gate-service"
     */
    public PeerTokens(String secret, String service, InstantSource clock) {
        this.key = TokenText.digest(secret);
        this.service = service;
        this.clock = clock;
        // The first one loads the library, which takes a while: not out of the time of somebody's question.
        made.put(service, new Made(signed(service, clock.instant()), clock.instant()));
    }

    /**
     * A token for calls now.
     *
     * @param audience full name of the gRPC service that is called
     */
    public String of(String audience) {
        var now = clock.instant();
        return made.compute(
                        audience,
                        (name, last) -> last != null && isFresh(last, now) ? last : new Made(signed(name, now), now))
                .text();
    }

    /**
     * A token for one call now, on behalf of somebody.
     *
     * @param audience full name of the gRPC service that is called
     * @param caller who is to be asked for: what he may not do is refused there
     */
    public String of(String audience, Caller caller) {
        var claims = claims(audience, clock.instant())
                .subject(caller.subject())
                .claim(ACTOR, Map.of("sub", service))
                .claim(CALLER, CallerClaim.of(caller));
        return signed(claims);
    }

    /** A secret for something else, which all who share ours can make, and of which ours cannot be told. */
    public byte[] secretFor(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    /** Neither old nor, after a step of the clock, of the future. */
    private static boolean isFresh(Made token, Instant now) {
        return !now.isBefore(token.time()) && now.isBefore(token.time().plus(USED_FOR));
    }

    private String signed(String audience, Instant now) {
        return signed(claims(audience, now));
    }

    private JWTClaimsSet.Builder claims(String audience, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(Caller.PORTCULLIS)
                .subject(service)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)));
    }

    private String signed(JWTClaimsSet.Builder claims) {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims.build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 256 bits that cannot sign", e);
        }
        return token.serialize();
    }

    /**
     * The service that sends a token, or whom it acts for.
     *
     * @param audience full name of the gRPC service that is called
     */
    Caller verify(SignedJWT token, JWTClaimsSet claims, String audience) throws CallRefusedException {
        if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                || !TYPE.equals(token.getHeader().getType())
                || !isSigned(token)) {
            throw CallRefusedException.credentials("no service of this Portcullis has signed the JWT;"
                    + " services that run apart need the same PORTCULLIS_PEER_KEY_FILE");
        }
        if (!claims.getAudience().contains(audience)) {
            throw CallRefusedException.credentials("the JWT is for another service of this Portcullis");
        }
        JwtVerifier.checkTimes(claims, clock.instant());
        var subject = Optional.ofNullable(claims.getSubject())
                .filter(name -> !name.isEmpty() && RequestName.fault(name).isEmpty())
                .orElseThrow(() -> CallRefusedException.credentials("the JWT has no legal subject"));
        return claims.getClaim(ACTOR) == null && claims.getClaim(CALLER) == null
                ? new Caller(Caller.Kind.PEER, Caller.PORTCULLIS, subject, subject, GRANTS)
                : carried(claims);
    }

    /** What is not whole is no reason to take it for the service's own. */
    private static Caller carried(JWTClaimsSet claims) throws CallRefusedException {
        try {
            if (!claims.getJSONObjectClaim(ACTOR).containsKey("sub")) {
                throw new IllegalArgumentException("nobody acts");
            }
            return CallerClaim.read(claims.getJSONObjectClaim(CALLER));
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            throw CallRefusedException.credentials("the JWT does not say on whose behalf it is sent");
        }
    }

    private boolean isSigned(SignedJWT token) {
        try {
            return token.verify(new MACVerifier(key));
        } catch (JOSEException e) {
            return false;
        }
    }
}
