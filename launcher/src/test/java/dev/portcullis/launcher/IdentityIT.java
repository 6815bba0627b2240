package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestIssuer;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may ask a protected Portcullis, by which credentials, and what he is told. */
final class IdentityIT extends IdentitySetup {
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
        var most = 1 + Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 30;
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
