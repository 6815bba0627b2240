package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.CallRefusedException.Reason;
import dev.portcullis.kit.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A verifier of callers with an issuer whose keys and whose absence the test decides on. */
abstract class CallerVerifierSetup {
    static final String ADDRESS = "https://idp.example";
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    static final String TOKEN = TokenText.random(new SecureRandom());
    static final String OLD_TOKEN = TokenText.random(new SecureRandom());
    static final TestIssuer IDP = new TestIssuer(ADDRESS, "one");
    static final TestIssuer OTHER_KEY = new TestIssuer(ADDRESS, "two");
    static final TestIssuer STRANGER = new TestIssuer("https://stranger.example", "one");
    static final String GATE = "portcullis.gate.v1.GateService";
    Instant now = NOW;
    long nanos;
    int asked;
    boolean away;
    String published = IDP.jwks();

    AccessRules rules = new AccessRules(
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
                    "teams",
                    Duration.ofSeconds(30),
                    List.of(new ClaimRule(
                            Map.of("repository", "shop/*"), Optional.empty(), grants(Role.DEPLOYER, "check*"))))),
            List.of());

    final PeerTokens peers = new PeerTokens("secret", "gate-service", () -> now);
    List<Token> made = List.of();
    final IssuedTokens issued = new IssuedTokens(uses -> made, () -> now, () -> nanos);
    final CallerVerifier verifier =
            new CallerVerifier(() -> rules, false, peers, issued, this::fetch, () -> now, () -> nanos, Runnable::run);

    @BeforeEach
    void hear() {
        issued.refresh();
    }

    String fetch(Issuer issuer, URI address) throws IOException {
        if (address.getPath().equals("/keys")) {
            asked++;
        }
        if (away) {
            throw new IOException("connection refused");
        }
        return address.getPath().equals("/keys") ? published : IDP.discovery();
    }

    static List<Grant> grants(Role role, String services) {
        return List.of(new Grant(role, new ServiceGroup(List.of(services))));
    }

    Caller bearer(String token) throws CallRefusedException {
        return verifier.verify(Credentials.of(List.of("Bearer " + token)), GATE);
    }

    String refusal(Reason reason, String token) {
        var refused = assertThrows(CallRefusedException.class, () -> bearer(token));
        assertEquals(reason, refused.reason(), refused.why());
        assertFalse(refused.why().contains(token), refused.why());
        return refused.why();
    }

    String refusal(String token) {
        return refusal(Reason.CREDENTIALS_REFUSED, token);
    }
}
