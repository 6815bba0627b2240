package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import dev.portcullis.kit.testing.TestIssuer;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who is let in by a JWT, and when issuers are asked for their keys. */
final class JwtCallerTest extends CallerVerifierSetup {
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

    @Test
    void theGroupsOfAJwtAreThoseOfTheConfiguredClaim() throws CallRefusedException {
        assertEquals(List.of(), bearer(IDP.token("ann", NOW, claims -> claims)).groups());
        assertEquals(
                List.of("sre", "42"),
                bearer(IDP.token(
                                "ann",
                                NOW,
                                claims -> claims.claim("teams", List.of("sre", 42, "sre", "", " x", Map.of("a", "b")))))
                        .groups());
        assertEquals(
                List.of("sre"),
                bearer(IDP.token("ann", NOW, claims -> claims.claim("teams", "sre")))
                        .groups());
        assertEquals(
                List.of(),
                bearer(IDP.token("ann", NOW, claims -> claims.claim("groups", List.of("sre"))))
                        .groups());
    }

    private Caller under(String condition, UnaryOperator<JWTClaimsSet.Builder> claims)
            throws CallRefusedException, IllegalExpressionException {
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
                        known.groupsClaim(),
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
}
