package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** Who is let in by tokens, passwords and certificates, and as a service. */
final class CallerVerifierTest extends CallerVerifierSetup {
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
        return new CertificateRule(Optional.empty(), Optional.of(pattern), grants(role, "checkout"), List.of("robots"));
    }

    private static CertificateRule ofSubject(String name, Role role) {
        return new CertificateRule(
                Optional.of(new X500Principal(name)),
                Optional.empty(),
                grants(role, "basket"),
                List.of("robots", "sre"));
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
        assertEquals(List.of("robots", "sre"), both.groups());
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
