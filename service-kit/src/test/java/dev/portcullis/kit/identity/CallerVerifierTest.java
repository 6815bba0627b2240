package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import dev.portcullis.kit.testing.TestIssuer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in by which credentials, and when issuers are asked for their keys. */
final class CallerVerifierTest {
    private static final String ADDRESS = "https://idp.example";
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String TOKEN = TokenText.random(new SecureRandom());
    private static final String OLD_TOKEN = TokenText.random(new SecureRandom());
    private static final TestIssuer IDP = new TestIssuer(ADDRESS, "one");
    private static final TestIssuer OTHER_KEY = new TestIssuer(ADDRESS, "two");
    private static final TestIssuer STRANGER = new TestIssuer("https://stranger.example", "one");
    private static final String GATE = "portcullis.gate.v1.GateService";

    /** Of CN=release-robot,O=Shop and spiffe://shop.example/ci/runner, from the beginning of 2026 to the end of 2035; nobody has its key. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBkzCCATigAwIBAgIJAL/Kd4MAmCG1MAoGCCqGSM49BAMCMCcxDTALBgNVBAoT
            BFNob3AxFjAUBgNVBAMTDXJlbGVhc2Utcm9ib3QwHhcNMjYwMTAxMDAwMDAwWhcN
            MzUxMjMwMDAwMDAwWjAnMQ0wCwYDVQQKEwRTaG9wMRYwFAYDVQQDEw1yZWxlYXNl
            LXJvYm90MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAELIBOm4+2+1jFfQQw3kMI
            GXvkzgTco41ctOzgek6pWHfn0Tsm/g6NJJPr5JkvlrW1f7jg2s0nVt/eajeDbgvh
            paNNMEswHQYDVR0OBBYEFFvjSHFGqzcEfI7AGswfQQLZV9GmMCoGA1UdEQQjMCGG
            H3NwaWZmZTovL3Nob3AuZXhhbXBsZS9jaS9ydW5uZXIwCgYIKoZIzj0EAwIDSQAw
            RgIhAIXp5hanYUOkopBLlGNKJu+w2keg+VRpmnDeKMQ/Tr/aAiEAqU/USh53k171
            j0ranwpAi1/JzTvA52Sz3EKVOZQDDV8=
            -----END CERTIFICATE-----
            """;

    private Instant now = NOW;
    private long nanos;
    private int asked;
    private boolean away;
    private String published = IDP.jwks();
    private AccessRules rules = new AccessRules(
            true,
            List.of(
                    new Token("argo", TokenText.sha256(TOKEN), grants(Role.DEPLOYER, "checkout"), NOW.plusSeconds(10)),
                    new Token("argo", TokenText.sha256(OLD_TOKEN), grants(Role.DEPLOYER, "checkout"), NOW)),
            List.of(new Issuer(
                    URI.create(ADDRESS),
                    "portcullis",
                    Optional.empty(),
                    Optional.empty(),
                    "email",
                    Duration.ofSeconds(30),
                    List.of(new ClaimRule(
                            Map.of("repository", "shop/*"), Optional.empty(), grants(Role.DEPLOYER, "check*"))))),
            List.of());

    private final PeerTokens peers = new PeerTokens("secret", "gate-service", () -> now);
    private List<Token> made = List.of();
    private final IssuedTokens issued = new IssuedTokens(uses -> made, () -> now, () -> nanos);
    private final CallerVerifier verifier =
            new CallerVerifier(() -> rules, false, peers, issued, this::fetch, () -> now, () -> nanos, Runnable::run);

    @BeforeEach
    void hear() {
        issued.refresh();
    }

    private String fetch(Issuer issuer, URI address) throws IOException {
        if (address.getPath().equals("/keys")) {
            asked++;
        }
        if (away) {
            throw new IOException("connection refused");
        }
        return address.getPath().equals("/keys") ? published : IDP.discovery();
    }

    private static List<Grant> grants(Role role, String services) {
        return List.of(new Grant(role, new ServiceGroup(List.of(services))));
    }

    private Caller bearer(String token) throws CallRefusedException {
        return verifier.verify(Credentials.of(List.of("Bearer " + token)), GATE);
    }

    private String refusal(Reason reason, String token) {
        var refused = assertThrows(CallRefusedException.class, () -> bearer(token));
        assertEquals(reason, refused.reason(), refused.why());
        assertFalse(refused.why().contains(token), refused.why());
        return refused.why();
    }

    private String refusal(String token) {
        return refusal(Reason.CREDENTIALS_REFUSED, token);
    }

    @Test
    void aTokenIsItsHolderUntilItExpires() throws CallRefusedException {
        var caller = bearer(TOKEN);
        assertEquals("argo", caller.name());
        assertTrue(caller.may(Role.DEPLOYER, "checkout"));
        assertTrue(caller.may(Role.VIEWER, "checkout"));
        assertFalse(caller.may(Role.OPERATOR, "checkout"));
        assertFalse(caller.may(Role.VIEWER, "basket"));
        assertTrue(refusal(OLD_TOKEN).contains("has expired"));
        now = NOW.plusSeconds(10);
        assertTrue(refusal(TOKEN).contains("has expired"));
    }

    @Test
    void aRevokedAnUnknownAndAMisspeltTokenAreRefused() throws CallRefusedException {
        assertEquals("argo", bearer(TOKEN).name());
        rules = new AccessRules(true, List.of(), rules.issuers(), List.of());
        assertTrue(refusal(TOKEN).contains("not known"));
        assertTrue(refusal(TokenText.random(new SecureRandom())).contains("not known"));
        assertTrue(refusal(TOKEN.substring(0, TOKEN.length() - 1)).contains("misspelt"));
    }

    @Test
    void aTokenThatTheGateHasMadeIsItsHolderUntilItIsRevoked() throws CallRefusedException {
        var text = TokenText.random(new SecureRandom());
        assertTrue(refusal(text).contains("not known"));
        made = List.of(
                new Token("bob", TokenText.sha256(text), grants(Role.OPERATOR, "checkout"), NOW.plusSeconds(10)));
        issued.refresh();
        assertEquals("bob", bearer(text).name());
        assertTrue(bearer(text).may(Role.OPERATOR, "checkout"));
        now = NOW.plusSeconds(10);
        assertTrue(refusal(text).contains("has expired"));
        now = NOW;
        made = List.of();
        issued.refresh();
        assertTrue(refusal(text).contains("not known"));
    }

    @Test
    void aTokenIsAlsoTakenAsThePasswordOfBasic() throws CallRefusedException {
        var pair = Base64.getEncoder().encodeToString(("flagger:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "argo",
                verifier.verify(Credentials.of(List.of("basic " + pair))).name());
        for (var bad : List.of(
                "Basic !",
                "Basic " + Base64.getEncoder().encodeToString("a:b".getBytes(StandardCharsets.UTF_8)),
                "Negotiate abc",
                "Bearer",
                "")) {
            assertThrows(CallRefusedException.class, () -> Credentials.of(List.of(bad)), bad);
        }
    }

    @Test
    void noneAndSeveralCredentialsAreRefused() {
        var none = assertThrows(CallRefusedException.class, () -> Credentials.of(List.of()));
        assertEquals(Reason.CREDENTIALS_MISSING, none.reason());
        var two = assertThrows(CallRefusedException.class, () -> Credentials.of(List.of("Bearer a", "Bearer b")));
        assertEquals(Reason.CREDENTIALS_REFUSED, two.reason());
    }

    @Test
    void aJwtIsItsSubjectWithTheRolesOfItsClaims() throws CallRefusedException {
        var caller = bearer(IDP.token("repo:shop/checkout", NOW, claims -> claims.claim("email", "ann@shop.example")));
        assertEquals(ADDRESS, caller.issuer());
        assertEquals("repo:shop/checkout", caller.subject());
        assertEquals("ann@shop.example", caller.name());
        assertTrue(caller.may(Role.DEPLOYER, "checkout"));
        assertFalse(caller.may(Role.DEPLOYER, "basket"));
        var other = bearer(IDP.token("ann", NOW, claims -> claims.claim("repository", "elsewhere/checkout")));
        assertEquals("ann", other.name());
        assertFalse(other.maySomewhere(Role.VIEWER));
        var several = bearer(IDP.token("ann", NOW, claims -> claims.claim("repository", List.of("x", "shop/a"))));
        assertTrue(several.may(Role.VIEWER, "checkout"));
    }

    private Caller under(String condition, UnaryOperator<JWTClaimsSet.Builder> claims)
            throws CallRefusedException, ClaimCondition.IllegalConditionException {
        var known = rules.issuers().getFirst();
        var rule =
                new ClaimRule(Map.of(), Optional.of(ClaimCondition.of(condition)), grants(Role.DEPLOYER, "checkout"));
        rules = new AccessRules(
                true,
                List.of(),
                List.of(new Issuer(
                        known.issuer(),
                        known.audience(),
                        known.keys(),
                        known.authorities(),
                        known.nameClaim(),
                        known.keysInterval(),
                        List.of(rule))),
                List.of());
        return bearer(IDP.token("ann", NOW, claims));
    }

    @Test
    void aConditionIsOverAllClaims() throws Exception {
        var github = "claims.repository == 'shop/checkout' && claims.ref in ['refs/heads/main', 'refs/heads/next']"
                + " && claims.environment == 'production'";
        UnaryOperator<JWTClaimsSet.Builder> main =
                claims -> claims.claim("ref", "refs/heads/main").claim("environment", "production");
        assertTrue(under(github, main).may(Role.DEPLOYER, "checkout"));
        assertFalse(under(github, claims -> main.apply(claims).claim("ref", "refs/heads/x"))
                .maySomewhere(Role.VIEWER));
        // A claim that is missing, or of another type, is no reason to let somebody in.
        assertFalse(under(github, claims -> claims).maySomewhere(Role.VIEWER));
        assertFalse(under("claims.ref > 3", main).maySomewhere(Role.VIEWER));
        var gitlab = "claims.project_path.startsWith('shop/') && claims.ref_protected == 'true'";
        assertTrue(
                under(gitlab, claims -> claims.claim("project_path", "shop/a").claim("ref_protected", "true"))
                        .may(Role.DEPLOYER, "checkout"));
        var pod = "claims['kubernetes.io'].namespace == 'argo-rollouts' && claims.exp - claims.iat <= 3600";
        assertTrue(under(pod, claims -> claims.claim("kubernetes.io", Map.of("namespace", "argo-rollouts")))
                .may(Role.DEPLOYER, "checkout"));
        assertFalse(under(pod, claims -> claims.claim("kubernetes.io", Map.of("namespace", "default")))
                .maySomewhere(Role.VIEWER));
    }

    @Test
    void aConditionThatGoesThroughTooMuchDoesNotHold() throws Exception {
        var groups =
                java.util.stream.IntStream.range(0, 200).mapToObj(i -> "g" + i).toList();
        var pairs = "claims.groups.all(a, claims.groups.all(b, a != 'x' && b != 'x'))";
        assertFalse(under(pairs, claims -> claims.claim("groups", groups)).maySomewhere(Role.VIEWER));
        assertTrue(under(pairs, claims -> claims.claim("groups", groups.subList(0, 10)))
                .maySomewhere(Role.VIEWER));
    }

    @Test
    void theTimesOfAJwtCountWithAMinuteOfTolerance() throws CallRefusedException {
        var token = IDP.token("ann", NOW);
        now = NOW.plusSeconds(659);
        assertEquals("ann", bearer(token).subject());
        now = NOW.plusSeconds(660);
        assertTrue(refusal(token).contains("has expired"));
        now = NOW.minusSeconds(60);
        assertEquals("ann", bearer(token).subject());
        now = NOW.minusSeconds(61);
        assertTrue(refusal(token).contains("not valid yet"));
        now = NOW;
        var later = IDP.token("ann", NOW, claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(61))));
        assertTrue(refusal(later).contains("not valid yet"));
        assertTrue(refusal(IDP.token("ann", NOW, claims -> claims.expirationTime(null)))
                .contains("lacks exp"));
        assertTrue(
                refusal(IDP.token("ann", NOW, claims -> claims.issueTime(null))).contains("iat"));
    }

    @Test
    void aJwtForOthersOrOfOthersIsRefused() {
        assertTrue(refusal(IDP.token("ann", NOW, claims -> claims.audience("grafana")))
                .contains("audience"));
        assertTrue(refusal(IDP.token("ann", NOW, claims -> claims.audience((String) null)))
                .contains("audience"));
        assertTrue(refusal(STRANGER.token("ann", NOW)).contains("issuer"));
        assertTrue(refusal(IDP.token("ann", NOW, claims -> claims.issuer(ADDRESS + "/")))
                .contains("issuer"));
        assertTrue(refusal(IDP.token("", NOW)).contains("subject"));
        assertTrue(refusal(IDP.token("a\nb", NOW)).contains("subject"));
        assertEquals(0, asked);
    }

    @Test
    void noAlgorithmAndTheWrongKindOfKeyAreRefused() {
        assertTrue(refusal(IDP.unsigned("ann", NOW)).contains("signed"));
        assertTrue(refusal(IDP.confused("ann", NOW)).contains("algorithm"));
        assertTrue(refusal(IDP.typed("ann", NOW, "logout+jwt")).contains("type"));
        assertEquals(0, asked);
        // The key of another with the same id.
        published = new TestIssuer(ADDRESS, "one").jwks();
        assertTrue(refusal(IDP.token("ann", NOW)).contains("signature"));
        assertTrue(refusal("eyJhbGciOiJSUzI1NiJ9.e30.AAAA").contains("issuer"));
        assertTrue(refusal("x").contains("neither"));
    }

    @Test
    void anAccessTokenByItsTypeIsTaken() throws CallRefusedException {
        assertEquals("ann", bearer(IDP.typed("ann", NOW, "at+jwt")).subject());
    }

    @Test
    void aKeyOfEd25519IsTaken() throws CallRefusedException {
        var pair = TestIssuer.ed25519("edward");
        published = IDP.jwksOf(pair);
        assertEquals("ann", bearer(IDP.signedBy(pair, "ann", NOW)).subject());
        var other = TestIssuer.ed25519("edward");
        assertTrue(refusal(IDP.signedBy(other, "ann", NOW)).contains("signature"));
    }

    @Test
    void theKeysAreFetchedOnceAndAgainBehindWhoeverAsks() throws CallRefusedException {
        bearer(IDP.token("ann", NOW));
        bearer(IDP.token("bob", NOW));
        assertEquals(1, asked);
        nanos += IssuerKeys.REFRESH_AFTER.plusSeconds(1).toNanos();
        bearer(IDP.token("ann", NOW));
        assertEquals(2, asked);
    }

    @Test
    void aNewKeyIsFoundAndAFloodOfUnknownOnesAsksTheIssuerOnceAnInterval() throws CallRefusedException {
        bearer(IDP.token("ann", NOW));
        for (int i = 0; i < 100; i++) {
            assertTrue(refusal(IDP.ofKey("ann", NOW, "unknown-" + i)).contains("no such key"));
        }
        assertEquals(1, asked);
        published = OTHER_KEY.jwks();
        nanos += Duration.ofSeconds(30).toNanos();
        assertEquals("ann", bearer(OTHER_KEY.token("ann", NOW)).subject());
        for (int i = 0; i < 100; i++) {
            refusal(IDP.ofKey("ann", NOW, "unknown-" + i));
        }
        assertEquals(2, asked);
        // Its issuer has withdrawn it.
        assertTrue(refusal(IDP.token("ann", NOW)).contains("no such key"));
    }

    @Test
    void knownKeysGoOnForADayWhileTheIssuerIsAway() throws CallRefusedException {
        away = true;
        assertTrue(refusal(Reason.ISSUER_UNAVAILABLE, IDP.token("ann", NOW)).contains("cannot be had"));
        // Within the interval he is not asked again, though he is back.
        away = false;
        refusal(Reason.ISSUER_UNAVAILABLE, IDP.token("ann", NOW));
        nanos += Duration.ofSeconds(30).toNanos();
        bearer(IDP.token("ann", NOW));
        away = true;
        nanos += IssuerKeys.OUTAGE.minusSeconds(1).toNanos();
        bearer(IDP.token("ann", NOW));
        assertTrue(refusal(IDP.ofKey("ann", NOW, "unknown")).contains("no such key"));
        nanos += Duration.ofSeconds(1).toNanos();
        refusal(Reason.ISSUER_UNAVAILABLE, IDP.token("ann", NOW));
    }

    @Test
    void aServiceOfPortcullisIsKnownByTheSecretForTheServiceItCalls() throws CallRefusedException {
        var caller = bearer(peers.of(GATE));
        assertEquals(Caller.Kind.PEER, caller.kind());
        assertEquals("gate-service", caller.name());
        assertTrue(caller.mayEverywhere(Role.OPERATOR));
        assertFalse(caller.maySomewhere(Role.ADMIN));
        assertTrue(refusal(peers.of("portcullis.rollback.v1.RollbackService")).contains("another service"));
        assertTrue(refusal(new PeerTokens("other", "gate-service", () -> now).of(GATE))
                .contains("PEER_KEY"));
        // An issuer that calls itself so.
        assertTrue(refusal(IDP.token("gate-service", NOW, claims -> claims.issuer("portcullis")
                        .audience(GATE)))
                .contains("PEER_KEY"));
        var token = peers.of(GATE);
        assertEquals(token, peers.of(GATE));
        now = NOW.plusSeconds(20);
        assertFalse(token.equals(peers.of(GATE)));
        now = NOW.plusSeconds(120);
        assertTrue(refusal(token).contains("has expired"));
        // Over HTTP no service calls another.
        assertThrows(
                CallRefusedException.class, () -> verifier.verify(Credentials.of(List.of("Bearer " + peers.of(GATE)))));
    }

    @Test
    void aServiceThatActsForSomebodyMayDoWhatHeMay() throws CallRefusedException {
        var ann = new Caller(Caller.Kind.JWT, ADDRESS, "u-17", "ann@shop.example", grants(Role.OPERATOR, "check*"));
        assertEquals(ann, bearer(peers.of(GATE, ann)));
        // Whose roles cannot be read is not taken for the service itself.
        var strange = new Caller(Caller.Kind.JWT, "", "u-17", "ann", List.of());
        assertTrue(refusal(peers.of(GATE, strange)).contains("behalf"));
        assertTrue(refusal(new PeerTokens("other", "gate-service", () -> now).of(GATE, ann))
                .contains("PEER_KEY"));
        var token = peers.of(GATE, ann);
        now = NOW.plusSeconds(120);
        assertTrue(refusal(token).contains("has expired"));
    }

    @Test
    void whatWasProtectedStaysSo() {
        rules = AccessRules.NONE;
        assertFalse(verifier.isRequired());
        rules = new AccessRules(true, List.of(), List.of(), List.of());
        assertTrue(verifier.isRequired());
        rules = AccessRules.NONE;
        assertTrue(verifier.isRequired());
        var outside = new CallerVerifier(
                () -> AccessRules.NONE, true, peers, issued, this::fetch, () -> now, () -> nanos, Runnable::run);
        assertTrue(outside.isRequired());
    }

    private Caller shown(CertificateRule... certificates) throws Exception {
        rules = new AccessRules(true, List.of(), List.of(), List.of(certificates));
        var in = new ByteArrayInputStream(CERTIFICATE.getBytes(StandardCharsets.US_ASCII));
        var certificate =
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        return verifier.verify(Credentials.of(List.of(), Optional.of(certificate)), GATE);
    }

    private static CertificateRule ofUri(String pattern, Role role) {
        return new CertificateRule(Optional.empty(), Optional.of(pattern), grants(role, "checkout"));
    }

    private static CertificateRule ofSubject(String name, Role role) {
        return new CertificateRule(Optional.of(new X500Principal(name)), Optional.empty(), grants(role, "basket"));
    }

    @Test
    void aCertificateIsItsUriOrItsSubjectWithTheRolesOfAllEntriesThatNameIt() throws Exception {
        var byUri = shown(ofUri("spiffe://shop.example/*", Role.DEPLOYER));
        assertEquals(Caller.Kind.CERTIFICATE, byUri.kind());
        assertEquals("spiffe://shop.example/ci/runner", byUri.name());
        assertEquals("CN=release-robot,O=Shop", byUri.issuer());
        assertTrue(byUri.may(Role.DEPLOYER, "checkout"));
        var both = shown(ofSubject("cn=Release-Robot, O=shop", Role.VIEWER), ofUri("spiffe://*", Role.OPERATOR));
        assertEquals("CN=release-robot,O=Shop", both.name());
        assertTrue(both.may(Role.OPERATOR, "checkout") && both.may(Role.VIEWER, "basket"));
        assertFalse(both.may(Role.OPERATOR, "basket"));
    }

    @Test
    void aCertificateThatNobodyNamesIsRefused() {
        for (var other : List.of(
                ofUri("spiffe://shop.example/cd/*", Role.VIEWER),
                ofSubject("CN=release-robot", Role.VIEWER),
                ofSubject("CN=release-robot,O=Shop,C=DE", Role.VIEWER))) {
            var refused = assertThrows(CallRefusedException.class, () -> shown(other));
            assertEquals(Reason.CREDENTIALS_REFUSED, refused.reason());
            assertTrue(refused.why().contains("is of nobody"), refused.why());
        }
    }

    /** As over a connection that was made before. */
    @Test
    void aCertificateIsRefusedOnceItHasEnded() throws Exception {
        var rule = ofUri("spiffe://shop.example/*", Role.VIEWER);
        shown(rule);
        for (var outside : List.of("2025-12-31T23:59:59Z", "2036-01-01T00:00:00Z")) {
            now = Instant.parse(outside);
            var refused = assertThrows(CallRefusedException.class, () -> shown(rule));
            assertTrue(refused.why().contains("has expired, or is not valid yet"), refused.why());
        }
    }
}
