package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.expression.IllegalExpressionException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.identity.AccessRules.ClaimRule;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.testing.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projected tokens of service accounts, by an API server that is played: TLS of an authority of its own, and the media types it insists on. */
final class KubernetesIssuerIT {
    @TempDir
    private Path folder;

    private Optional<TestIssuer> issuer = Optional.empty();
    private Optional<StubHttpServer> started = Optional.empty();
    private Path authorities = Path.of("/");

    @BeforeEach
    void start() throws IOException {
        var authority = new TestAuthority(folder.resolve("tls")).sign("server");
        authorities = authority.certificate();
        var server = new StubHttpServer(authority.server("server"), false, this::answer);
        started = Optional.of(server);
        issuer = Optional.of(new TestIssuer(server.address(), "cluster"));
    }

    @AfterEach
    void stop() {
        started.ifPresent(StubHttpServer::close);
    }

    /** Answers with 406 to whoever does not take what it has, as kube-apiserver does. */
    private Response answer(Request request) {
        var address = started.orElseThrow().address();
        return switch (request.uri().getPath()) {
            case "/.well-known/openid-configuration" ->
                typed(
                        request,
                        "application/json",
                        "{\"issuer\":\"" + address + "\",\"jwks_uri\":\"" + address
                                + "/openid/v1/jwks\",\"response_types_supported\":[\"id_token\"]}");
            case "/openid/v1/jwks" ->
                typed(request, "application/jwk-set+json", issuer.orElseThrow().jwks());
            default -> Response.text(404, "");
        };
    }

    private static Response typed(Request request, String type, String body) {
        return request.headers().getOrDefault("accept", "*/*").contains(type)
                ? new Response(200, type, body)
                : Response.text(406, "406: Not Acceptable");
    }

    private CallerVerifier verifier(Optional<Path> trusted) throws IllegalExpressionException {
        var condition = ClaimCondition.of("claims['kubernetes.io'].namespace == 'argo-rollouts'"
                + " && claims['kubernetes.io'].serviceaccount.name == 'argo-rollouts'");
        var known = new Issuer(
                URI.create(started.orElseThrow().address()),
                "portcullis",
                Optional.empty(),
                trusted,
                "sub",
                "groups",
                Duration.ofSeconds(30),
                List.of(new ClaimRule(
                        Map.of(), Optional.of(condition), List.of(new Grant(Role.DEPLOYER, ServiceGroup.ALL)))));
        return new CallerVerifier(
                () -> new AccessRules(true, List.of(), List.of(known), List.of()),
                false,
                new PeerTokens("secret", "gate-service", InstantSource.system()),
                IssuedTokens.none(),
                new HttpIssuers(new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()))),
                InstantSource.system(),
                System::nanoTime,
                Runnable::run);
    }

    private String projected(String account) {
        UnaryOperator<JWTClaimsSet.Builder> claims = token -> token.claim(
                "kubernetes.io",
                Map.of(
                        "namespace",
                        "argo-rollouts",
                        "pod",
                        Map.of("name", account + "-7d9c8", "uid", "1"),
                        "serviceaccount",
                        Map.of("name", account, "uid", "2")));
        return issuer.orElseThrow().token("system:serviceaccount:argo-rollouts:" + account, Instant.now(), claims);
    }

    private static Caller verified(CallerVerifier verifier, String token) throws CallRefusedException {
        return verifier.verify(Credentials.of(List.of("Bearer " + token)));
    }

    @Test
    void aPodIsItsServiceAccount() throws Exception {
        var verifier = verifier(Optional.of(authorities));
        var caller = verified(verifier, projected("argo-rollouts"));
        assertEquals("system:serviceaccount:argo-rollouts:argo-rollouts", caller.name());
        assertTrue(caller.may(Role.DEPLOYER, "checkout"));
        assertFalse(verified(verifier, projected("default")).maySomewhere(Role.VIEWER));
    }

    @Test
    void anApiServerWhoseAuthorityIsNotTrustedVouchesForNobody() throws Exception {
        var verifier = verifier(Optional.empty());
        var refused = assertThrows(CallRefusedException.class, () -> verified(verifier, projected("argo-rollouts")));
        assertEquals(CallRefusedException.Reason.ISSUER_UNAVAILABLE, refused.reason());
        assertEquals(List.of(), started.orElseThrow().requests());
    }
}
