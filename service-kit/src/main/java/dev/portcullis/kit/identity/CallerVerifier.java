package dev.portcullis.kit.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.kit.text.RequestName;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Says who sends some credentials, by the rules as they are at that moment; the one place that does, for gRPC and HTTP alike. Thread-safe. */
public final class CallerVerifier {
    private final Supplier<AccessRules> rules;
    private final boolean always;
    private final PeerTokens peers;
    private final IssuedTokens issued;
    private final JwtVerifier jwts;
    private final InstantSource clock;
    /** What was protected stays so: a document that is removed by mistake must not let everybody in. */
    private volatile boolean protectedBefore;

    /**
     * One for a process.
     *
     * @param always whether callers have to be known even where no document says how, as when others than this machine can reach it
     * @param issued tokens beside those of the rules
     * @param background runs what nobody waits for
     */
    public CallerVerifier(
            Supplier<AccessRules> rules,
            boolean always,
            PeerTokens peers,
            IssuedTokens issued,
            KeyDocuments documents,
            InstantSource clock,
            LongSupplier nanoTime,
            Executor background) {
        this.rules = rules;
        this.always = always;
        this.peers = peers;
        this.issued = issued;
        this.clock = clock;
        this.jwts = new JwtVerifier(documents, clock, nanoTime, background);
    }

    /** One that asks nobody who he is, for a server that nobody but this machine can reach. */
    public static CallerVerifier ofNobody() {
        return new CallerVerifier(
                () -> AccessRules.NONE,
                false,
                new PeerTokens("nobody", "nobody", InstantSource.system()),
                IssuedTokens.none(),
                (issuer, address) -> {
                    throw new java.io.IOException("no issuer is configured");
                },
                InstantSource.system(),
                System::nanoTime,
                Runnable::run);
    }

    /** Whether callers have to be known; where not, everybody is {@link Caller#LOCAL}. */
    public boolean isRequired() {
        if (!protectedBefore && rules.get().configured()) {
            protectedBefore = true;
        }
        return always || protectedBefore;
    }

    /**
     * Who sends credentials to something that is no gRPC service. May wait for an issuer's keys, unless they are a static token.
     *
     * @throws CallRefusedException when they prove nothing, or cannot be verified just now
     */
    public Caller verify(Credentials credentials) throws CallRefusedException {
        return verify(credentials, "");
    }

    /**
     * The same for a gRPC service.
     *
     * @param service its full name, as "portcullis.gate.v1.GateService"; the other services of Portcullis send tokens that are good for one
     */
    public Caller verify(Credentials credentials, String service) throws CallRefusedException {
        return switch (credentials) {
            case Credentials.StaticToken token -> holder(token.text());
            case Credentials.SignedToken token -> signer(token.text(), service);
            case Credentials.ClientCertificate shown -> holder(shown.certificate());
        };
    }

    /** How people sign in just now; empty when they show a token instead. */
    public Optional<SignIn> signIn() {
        return rules.get().signIn();
    }

    /**
     * Who somebody is that has signed in, with the roles that he has now.
     *
     * @throws CallRefusedException when people no longer sign in with whoever has vouched for him
     */
    public Caller signedIn(IdentityClaims person) throws CallRefusedException {
        var now = signIn().orElseThrow(() -> CallRefusedException.credentials("nobody signs in any more"));
        return JwtVerifier.caller(now, person.read());
    }

    /** Who an ID token is of. May wait for the issuer's keys. */
    IdentityClaims identify(String idToken, SignIn signIn, String nonce) throws CallRefusedException {
        SignedJWT token;
        JWTClaimsSet claims;
        try {
            token = SignedJWT.parse(idToken);
            claims = token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw CallRefusedException.credentials("the ID token is no signed JWT");
        }
        jwts.verifyIdToken(token, claims, signIn, nonce);
        return IdentityClaims.of(claims);
    }

    private Caller holder(String text) throws CallRefusedException {
        if (!TokenText.isToken(text)) {
            throw CallRefusedException.credentials("the token is cut or misspelt");
        }
        var digest = TokenText.sha256(text);
        var configured = rules.get().tokens().stream()
                .filter(known -> known.sha256().equals(digest))
                .findFirst();
        var token = (configured.isPresent() ? configured : issued.find(digest))
                .orElseThrow(() -> CallRefusedException.credentials("the token is not known, or no longer"));
        if (!clock.instant().isBefore(token.end())) {
            throw CallRefusedException.credentials("the token has expired");
        }
        return new Caller(
                Caller.Kind.TOKEN, Caller.PORTCULLIS, token.name(), token.name(), token.grants(), token.groups());
    }

    /** The connection may have been made long ago, and the certificate have ended since. */
    private Caller holder(X509Certificate certificate) throws CallRefusedException {
        var now = Date.from(clock.instant());
        if (now.after(certificate.getNotAfter()) || now.before(certificate.getNotBefore())) {
            throw CallRefusedException.credentials("the client certificate has expired, or is not valid yet");
        }
        var matching = rules.get().certificates().stream()
                .filter(rule -> rule.name(certificate).isPresent())
                .toList();
        var name = matching.stream()
                .flatMap(rule -> rule.name(certificate).stream())
                .findFirst()
                .filter(text -> !text.isEmpty() && RequestName.fault(text).isEmpty())
                .orElseThrow(() -> CallRefusedException.credentials(
                        "the client certificate is of nobody that spec.certificates of an Access document names"));
        var grants = matching.stream().flatMap(rule -> rule.grants().stream()).toList();
        var groups = matching.stream()
                .flatMap(rule -> rule.groups().stream())
                .distinct()
                .toList();
        return new Caller(
                Caller.Kind.CERTIFICATE, certificate.getIssuerX500Principal().getName(), name, name, grants, groups);
    }

    private Caller signer(String text, String service) throws CallRefusedException {
        SignedJWT token;
        JWTClaimsSet claims;
        try {
            token = SignedJWT.parse(text);
            claims = token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw CallRefusedException.credentials("the token is neither one of Portcullis nor a signed JWT");
        }
        return Caller.PORTCULLIS.equals(claims.getIssuer())
                ? peers.verify(token, claims, service)
                : jwts.verify(token, claims, rules.get().issuers());
    }
}
