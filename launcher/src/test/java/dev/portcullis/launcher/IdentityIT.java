package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Grant;
import dev.portcullis.kit.identity.PeerTokens;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestIssuer;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A protected Portcullis: three services, an OpenID provider over real HTTP, callers with good and bad credentials. */
final class IdentityIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OPERATOR = TokenText.random(new SecureRandom());
    private static final String BASKET = TokenText.random(new SecureRandom());
    private static final String REVOKED = TokenText.random(new SecureRandom());
    /** An issuer that nobody can reach. */
    private static final String AWAY = "http://127.0.0.1:2";

    private static final String QUESTION =
            "{\"service\":\"checkout\",\"revision\":\"c9\",\"canary\":\"c9\",\"stable\":\"s1\",\"stage\":\"canary-1\"}";

    @TempDir
    static Path folder;

    private static Site site;
    private static TestIssuer issuer;
    private static StubHttpServer provider;
    private static AllServices services;
    private static ManagedChannel gate;
    private static ManagedChannel rollback;
    private static final long BEGIN = System.nanoTime();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        site = new Site();
        provider = new StubHttpServer(request -> switch (request.uri().getPath()) {
            case "/.well-known/openid-configuration" -> Response.json(200, issuer.discovery());
            case "/keys" -> Response.json(200, issuer.jwks());
            default -> Response.text(404, "");
        });
        issuer = new TestIssuer(provider.address(), "one");
        site.configure(folder.resolve("config"));
        writeAccess(REVOKED);
        services = TestPortcullis.startEmpty(folder);
        gate = channel(services.gate().grpcPort());
        rollback = channel(services.rollback().grpcPort());
    }

    private static void writeAccess(String... more) throws IOException {
        var text = new StringBuilder("""
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  issuers:
                  - issuer: %s
                    audience: portcullis
                    grants:
                    - roles: [deployer]
                      services: [checkout]
                      claims: {repository: shop/checkout}
                  - issuer: %s
                    audience: portcullis
                    grants:
                    - roles: [deployer]
                      services: [checkout]
                      condition: claims.repository == 'shop/checkout'
                  tokens:
                """.formatted(provider.address(), AWAY));
        text.append(token("ann", OPERATOR, "operator", "*")).append(token("basket-team", BASKET, "operator", "basket"));
        for (var token : more) {
            text.append(token("leaver", token, "viewer", "*"));
        }
        Files.writeString(folder.resolve("config/access.yaml"), text);
    }

    private static String token(String name, String token, String role, String services) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(token) + ", roles: [" + role + "], services: ['"
                + services + "'], expires: 2099-12-31}\n";
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    static void stop() {
        gate.shutdownNow();
        rollback.shutdownNow();
        services.close();
        provider.close();
        site.close();
        HTTP.close();
    }

    private static GateServiceBlockingStub stub(String token) {
        return GateServiceGrpc.newBlockingStub(gate)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token)))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private static Metadata headers(String token) {
        var headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return headers;
    }

    private static HttpResponse<String> ask(String authorization, String query) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + services.gate().httpPort() + "/v1/gate" + query))
                .POST(BodyPublishers.ofString(QUESTION));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String code(String token) {
        try {
            stub(token)
                    .listReleases(ListReleasesRequest.newBuilder()
                            .setService("checkout")
                            .build());
            return "OK";
        } catch (StatusRuntimeException e) {
            assertEquals("portcullis.dev", RpcErrors.DOMAIN);
            return e.getStatus().getCode() + " " + RpcErrors.reason(e).orElse("");
        }
    }

    private static void assertRefused(String token) {
        var answer = ask("Bearer " + token, "");
        assertEquals(401, answer.statusCode(), answer.body());
        assertEquals(
                "Bearer realm=\"portcullis\", error=\"invalid_token\"",
                answer.headers().firstValue("WWW-Authenticate").orElse(""));
        assertFalse(answer.body().contains(token), answer.body());
        assertEquals("UNAUTHENTICATED CREDENTIALS_REFUSED", code(token));
    }

    @Test
    void aPipelineWithoutAStoredSecretAsksTheGate() {
        var answer = ask("Bearer " + issuer.token("repo:shop/checkout", Instant.now()), "");
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"HOLD\""), answer.body());
        assertEquals("OK", code(issuer.token("repo:shop/checkout", Instant.now())));
    }

    @Test
    void credentialsThatProveNothingAreRefusedOnBothWays() {
        var now = Instant.now();
        assertRefused(issuer.token("ann", now.minusSeconds(3_600)));
        assertRefused(issuer.token("ann", now.plusSeconds(3_600)));
        assertRefused(issuer.forAudience("ann", now, "grafana"));
        assertRefused(new TestIssuer("http://127.0.0.1:1", "one").token("ann", now));
        assertRefused(new TestIssuer(provider.address(), "one").token("ann", now));
        assertRefused(issuer.unsigned("ann", now));
        assertRefused(issuer.confused("ann", now));
        assertRefused(TokenText.random(new SecureRandom()));
        for (int i = 0; i < 20; i++) {
            assertRefused(issuer.ofKey("ann", now, "unknown-" + i));
        }
        var asked = provider.requests().stream()
                .filter(request -> request.uri().getPath().equals("/keys"))
                .count();
        // Only the gate has been shown JWTs here, and asks once in 30 s.
        var most = 1 + Duration.ofNanos(System.nanoTime() - BEGIN).toSeconds() / 30;
        assertTrue(asked <= most, asked + " times, and not " + most);
    }

    @Test
    void credentialsOfAnIssuerThatIsAwayAreToldApartFromBadOnes() {
        var token = new TestIssuer(AWAY, "one").token("ann", Instant.now());
        var answer = ask("Bearer " + token, "");
        assertEquals(503, answer.statusCode(), answer.body());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals("UNAVAILABLE ISSUER_UNAVAILABLE", code(token));
    }

    @Test
    void noneAndThoseInTheAddressAreRefusedWithAHint() {
        for (var query : List.of("", "?access_token=" + OPERATOR, "?token=" + OPERATOR)) {
            var answer = ask("", query);
            assertEquals(401, answer.statusCode(), answer.body());
            assertEquals(
                    "Bearer realm=\"portcullis\"",
                    answer.headers().firstValue("WWW-Authenticate").orElse(""));
            assertFalse(answer.body().contains(OPERATOR), answer.body());
        }
        assertEquals("UNAUTHENTICATED CREDENTIALS_MISSING", code(""));
    }

    @Test
    void aTokenIsAPasswordToo() {
        var basic = Base64.getEncoder().encodeToString(("x:" + OPERATOR).getBytes(StandardCharsets.UTF_8));
        assertEquals(200, ask("Basic " + basic, "").statusCode());
    }

    @Test
    void whoMayNotSeeAServiceDoesNotLearnWhatIsThere() {
        var release = open("hidden");
        var names = List.of(
                release,
                "services/checkout/releases/" + UUID.randomUUID(),
                "services/nowhere/releases/" + UUID.randomUUID(),
                "nonsense");
        var told = names.stream()
                .map(name -> assertThrows(StatusRuntimeException.class, () -> stub(BASKET)
                        .getRelease(GetReleaseRequest.newBuilder().setName(name).build())))
                .map(e -> e.getStatus().toString())
                .distinct()
                .toList();
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.getFirst().contains("PERMISSION_DENIED"), told.toString());
        assertEquals(403, ask("Bearer " + BASKET, "").statusCode());
        // That of a service he may see is looked for.
        var unknown = assertThrows(StatusRuntimeException.class, () -> stub(BASKET)
                .getRelease(GetReleaseRequest.newBuilder()
                        .setName("services/basket/releases/" + UUID.randomUUID())
                        .build()));
        assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
        // And so are rollbacks, whose names say nothing of their service.
        var rollbacks = RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(BASKET)));
        var token = assertThrows(
                StatusRuntimeException.class,
                () -> rollbacks.startRollback(StartRollbackRequest.newBuilder()
                        .setToken(UUID.randomUUID().toString())
                        .build()));
        assertEquals(Status.Code.PERMISSION_DENIED, token.getStatus().getCode());
    }

    private static String open(String canary) {
        return stub(OPERATOR)
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setRollout(canary)
                        .setCanary(canary)
                        .setStable("s1")
                        .build())
                .getRelease()
                .getName();
    }

    /** Gate and rollback-service are asked by people, and ask each other as themselves. */
    @Test
    void anAbortByAKnownPersonIsRolledBackAcrossTheServices() {
        var release = open("bad");
        stub(OPERATOR)
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("it fails")
                        .build());
        var decided = stub(OPERATOR)
                .listDecisions(
                        ListDecisionsRequest.newBuilder().setParent(release).build())
                .getDecisions(0);
        assertEquals("ann", decided.getActor());
        Await.until("a rollback of the release", LIMIT, () -> stub(OPERATOR)
                .getRelease(GetReleaseRequest.newBuilder().setName(release).build())
                .getRollback()
                .startsWith("rollbacks/"));
        var name = stub(OPERATOR)
                .getRelease(GetReleaseRequest.newBuilder().setName(release).build())
                .getRollback();
        var rollbacks = RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(OPERATOR)));
        assertEquals(
                "ann",
                rollbacks
                        .getRollback(
                                GetRollbackRequest.newBuilder().setName(name).build())
                        .getCaller());
    }

    /** What the gate asks for somebody is looked at again by whom it asks. */
    @Test
    void whoMayNotRollBackMayNotByWayOfTheGateEither() {
        var peers = services.gate().get(PeerTokens.class);
        var service = RollbackServiceGrpc.SERVICE_NAME;
        var request = PrepareRollbackRequest.newBuilder()
                .setService("checkout")
                .setFromRevision("c7")
                .setToRevision("s1")
                .setReason("it fails")
                .setAllowRestored(true);
        for (var grant : List.of(
                new Grant(Role.DEPLOYER, ServiceGroup.ALL),
                new Grant(Role.OPERATOR, new ServiceGroup(List.of("basket"))))) {
            var caller = new Caller(Caller.Kind.TOKEN, "portcullis", "eve", "eve", List.of(grant));
            var refused = assertThrows(StatusRuntimeException.class, () -> prepare(peers.of(service, caller), request));
            assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
            assertEquals("ROLE_MISSING", RpcErrors.reason(refused).orElse(""));
        }
        var operator = new Caller(
                Caller.Kind.TOKEN, "portcullis", "bob", "bob", List.of(new Grant(Role.OPERATOR, ServiceGroup.ALL)));
        assertEquals("bob", prepare(peers.of(service, operator), request).getCaller());
        // And the name is that of the person, whatever the service says.
        var other = assertThrows(
                StatusRuntimeException.class,
                () -> prepare(peers.of(service, operator), request.clone().setCaller("gate-service")));
        assertEquals(Status.Code.INVALID_ARGUMENT, other.getStatus().getCode());
    }

    private static RollbackPreparation prepare(String token, PrepareRollbackRequest.Builder request) {
        return RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token)))
                .prepareRollback(request.build());
    }

    @Test
    void theCallerOnRecordIsTheOneOfTheCredentials() {
        var rollbacks = RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(OPERATOR)));
        var request = PrepareRollbackRequest.newBuilder()
                .setService("checkout")
                .setFromRevision("c7")
                .setToRevision("s1")
                .setReason("it fails")
                .setAllowRestored(true);
        assertEquals("ann", rollbacks.prepareRollback(request.build()).getCaller());
        var other = assertThrows(
                StatusRuntimeException.class,
                () -> rollbacks.prepareRollback(request.clone().setCaller("bob").build()));
        assertEquals(Status.Code.INVALID_ARGUMENT, other.getStatus().getCode());
        assertTrue(other.getMessage().contains("'ann'"), other.getMessage());
    }

    @Test
    void aTokenIsRevokedByTakingItOutOfTheFolder() throws IOException {
        assertEquals("OK", code(REVOKED));
        writeAccess();
        Await.until("refused", LIMIT, () -> code(REVOKED).equals("UNAUTHENTICATED CREDENTIALS_REFUSED"));
        assertEquals("OK", code(OPERATOR));
    }

    @Test
    void commandsShowATokenOfAFile() throws IOException {
        var file = Files.writeString(folder.resolve("token"), OPERATOR + "\n");
        var out = new StringWriter();
        var err = new StringWriter();
        var port = services.gate().grpcPort();
        assertEquals(
                0,
                RootCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute("release", "list", "--gate", "127.0.0.1:" + port, "--token-file", file.toString()),
                err.toString());
        assertEquals(
                1,
                RootCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute("release", "list", "--gate", "127.0.0.1:" + port));
        assertTrue(err.toString().contains("CREDENTIALS_MISSING"), err.toString());
    }
}
