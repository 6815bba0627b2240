package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestIssuer;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A protected Portcullis: three services, an OpenID provider over real HTTP, callers with good and bad credentials. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // each class that extends it has services of its own
abstract class IdentitySetup {
    static final Duration LIMIT = Duration.ofSeconds(60);
    static final String OPERATOR = TokenText.random(new SecureRandom());
    static final String BASKET = TokenText.random(new SecureRandom());
    static final String REVOKED = TokenText.random(new SecureRandom());
    /** An issuer that nobody can reach. */
    static final String AWAY = "http://127.0.0.1:2";

    static final String QUESTION =
            "{\"service\":\"checkout\",\"revision\":\"c9\",\"canary\":\"c9\",\"stable\":\"s1\",\"stage\":\"canary-1\"}";
    Path folder;
    Site site;
    TestIssuer issuer;
    StubHttpServer provider;
    AllServices services;
    ManagedChannel gate;
    ManagedChannel rollback;
    final long begin = System.nanoTime();
    final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path given) throws IOException {
        folder = given;
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

    void writeAccess(String... more) throws IOException {
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

    String token(String name, String token, String role, String services) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(token) + ", roles: [" + role + "], services: ['"
                + services + "'], expires: 2099-12-31}\n";
    }

    ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    void stop() {
        gate.shutdownNow();
        rollback.shutdownNow();
        services.close();
        provider.close();
        site.close();
        http.close();
    }

    GateServiceBlockingStub stub(String token) {
        return GateServiceGrpc.newBlockingStub(gate)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token)))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    Metadata headers(String token) {
        var headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return headers;
    }

    HttpResponse<String> ask(String authorization, String query) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + services.gate().httpPort() + "/v1/gate" + query))
                .POST(BodyPublishers.ofString(QUESTION));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String code(String token) {
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

    void assertRefused(String token) {
        var answer = ask("Bearer " + token, "");
        assertEquals(401, answer.statusCode(), answer.body());
        assertEquals(
                "Bearer realm=\"portcullis\", error=\"invalid_token\"",
                answer.headers().firstValue("WWW-Authenticate").orElse(""));
        assertFalse(answer.body().contains(token), answer.body());
        assertEquals("UNAUTHENTICATED CREDENTIALS_REFUSED", code(token));
    }

    String open(String canary) {
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
}
