package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.CreateTokenRequest;
import dev.portcullis.proto.gate.v1.CreateTokenResponse;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.ListTokensRequest;
import dev.portcullis.proto.gate.v1.RevokeTokenRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that gate-service makes: from their making to their end, at all services. */
final class TokensIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADMIN = TokenText.random(new SecureRandom());
    private static final String OPERATOR = TokenText.random(new SecureRandom());
    private static final String UNKNOWN = TokenText.random(new SecureRandom());

    @TempDir
    static Path folder;

    private static AllServices services;
    private static List<ManagedChannel> channels = List.of();

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + line("root", ADMIN, "admin") + line("ann", OPERATOR, "operator"));
        services = TestPortcullis.startEmpty(folder);
        channels = Stream.of("analysis", "gate", "rollback")
                .map(name -> Grpc.newChannelBuilder(
                                "127.0.0.1:" + services.service(name).grpcPort(), InsecureChannelCredentials.create())
                        .build())
                .toList();
    }

    private static String line(String name, String token, String role) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(token) + ", roles: [" + role
                + "], services: ['*'], expires: 2099-12-31}\n";
    }

    @AfterAll
    static void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        services.close();
    }

    private static Channel with(ManagedChannel channel, String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static AccessServiceBlockingStub access(String token) {
        return AccessServiceGrpc.newBlockingStub(with(channels.get(1), token)).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private static CreateTokenRequest.Builder request(String holder, String... roles) {
        return CreateTokenRequest.newBuilder()
                .setHolder(holder)
                .addAllRoles(List.of(roles))
                .addServices("*")
                .setExpireTime(Timestamp.newBuilder()
                        .setSeconds(Instant.now().plus(Duration.ofDays(1)).getEpochSecond()));
    }

    private static CreateTokenResponse made(String holder, String... roles) {
        return access(ADMIN).createToken(request(holder, roles).build());
    }

    /** What each of the three says to a token: "OK" or the reason. */
    private static List<String> answers(String token) {
        return List.of(
                answer(() -> AnalysisServiceGrpc.newBlockingStub(with(channels.get(0), token))
                        .listAnalyses(ListAnalysesRequest.getDefaultInstance())),
                answer(() -> GateServiceGrpc.newBlockingStub(with(channels.get(1), token))
                        .listReleases(ListReleasesRequest.getDefaultInstance())),
                answer(() -> RollbackServiceGrpc.newBlockingStub(with(channels.get(2), token))
                        .listRollbacks(ListRollbacksRequest.getDefaultInstance())));
    }

    private static String answer(Runnable call) {
        try {
            call.run();
            return "OK";
        } catch (StatusRuntimeException e) {
            return RpcErrors.reason(e).orElse(e.getStatus().toString());
        }
    }

    private static void await(String token, String answer) {
        Await.until(answer + " everywhere", LIMIT, () -> answers(token).equals(List.of(answer, answer, answer)));
    }

    @Test
    void aTokenIsGoodAtAllServicesUntilItIsRevoked() {
        var token = made("argo", "viewer");
        assertTrue(TokenText.isToken(token.getText()));
        // The gate knows it at once.
        assertEquals("OK", answers(token.getText()).get(1));
        await(token.getText(), "OK");
        var hour = Instant.now().getEpochSecond() / 3_600;
        Await.until("its use is listed", LIMIT, () -> access(ADMIN)
                .listTokens(ListTokensRequest.newBuilder().setHolder("argo").build())
                .getTokens(0)
                .hasLastUseTime());
        var listed = access(ADMIN)
                .listTokens(ListTokensRequest.newBuilder().setHolder("argo").build());
        assertFalse(listed.toString().contains(token.getText()));
        assertEquals("root", listed.getTokens(0).getCreator());
        assertTrue(listed.getTokens(0).getLastUseTime().getSeconds() / 3_600 - hour <= 1);
        var revoked = access(ADMIN)
                .revokeToken(RevokeTokenRequest.newBuilder()
                        .setName(token.getToken().getName())
                        .build());
        assertEquals("root", revoked.getRevoker());
        assertEquals("CREDENTIALS_REFUSED", answers(token.getText()).get(1));
        await(token.getText(), "CREDENTIALS_REFUSED");
        var entries = AuditServiceGrpc.newBlockingStub(with(channels.get(1), ADMIN))
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setAction(AuditAction.REVOKE_TOKEN)
                        .setActor("root")
                        .build());
        assertTrue(
                entries.getEntriesList().stream().anyMatch(entry -> entry.getBody()
                        .contains(token.getToken().getName())),
                entries.toString());
    }

    @Test
    void twoOfAHolderAreGoodAtOnceSoThatOneReplacesTheOther() {
        var old = made("flagger", "deployer");
        var young = made("flagger", "deployer");
        await(old.getText(), "OK");
        await(young.getText(), "OK");
        var third = assertThrows(StatusRuntimeException.class, () -> made("flagger", "deployer"));
        assertEquals("TOO_MANY_TOKENS", RpcErrors.reason(third).orElse(""));
    }

    @Test
    void nobodyGivesWhatHeDoesNotHave() {
        // An administrator is no approver, and so makes none out of himself either.
        var approver = assertThrows(StatusRuntimeException.class, () -> made("x", "approver"));
        assertEquals("INVALID_FIELD", RpcErrors.reason(approver).orElse(""));
        assertTrue(String.valueOf(approver.getMessage()).contains("roles"), approver.getMessage());
        var operator = assertThrows(StatusRuntimeException.class, () -> access(OPERATOR)
                .createToken(request("x", "viewer").build()));
        assertEquals("ROLE_MISSING", RpcErrors.reason(operator).orElse(""));
        assertEquals("INVALID_FIELD", answer(() -> access(ADMIN)
                .createToken(request("x").build())));
        assertEquals("INVALID_FIELD", answer(() -> access(ADMIN)
                .createToken(request("x", "viewer").clearServices().build())));
        assertEquals("INVALID_FIELD", answer(() -> access(ADMIN)
                .createToken(request("x", "viewer").clearExpireTime().build())));
        assertEquals("TOKEN_NOT_FOUND", answer(() -> access(ADMIN)
                .revokeToken(RevokeTokenRequest.newBuilder()
                        .setName("tokens/0f0e0d0c-0000-4000-8000-000000000000")
                        .build())));
    }

    private static String run(int expected, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        assertEquals(expected, code, () -> out + "\n" + err);
        return out.toString() + err;
    }

    @Test
    void commandsMakeListAndRevokeThem() throws IOException {
        var gate = "127.0.0.1:" + services.gate().grpcPort();
        var file = Files.writeString(folder.resolve("admin"), ADMIN + "\n").toString();
        var made =
                run(0, "token", "new", "ci", "--role", "viewer", "--days", "3", "--gate", gate, "--token-file", file);
        var text = made.lines().findFirst().orElseThrow();
        assertTrue(TokenText.isToken(text), made);
        assertEquals("OK", answers(text).get(1));
        var line = run(0, "token", "list", "--gate", gate, "--token-file", file)
                .lines()
                .filter(listed -> listed.contains("  ci: viewer for *; good until "))
                .findFirst()
                .orElseThrow();
        var name = line.substring(0, line.indexOf(' '));
        assertTrue(run(0, "token", "revoke", name, "--gate", gate, "--token-file", file)
                .contains("revoked"));
        assertEquals("CREDENTIALS_REFUSED", answers(text).get(1));
        assertTrue(run(2, "token", "revoke", text, "--gate", gate).contains("TOKEN is not legal"));
        assertTrue(run(1, "token", "list", "--gate", gate).contains("CREDENTIALS_MISSING"));
        assertTrue(run(3, "token", "list", "--gate", "127.0.0.1:1").contains("--gate"));
        await(UNKNOWN, "CREDENTIALS_REFUSED");
    }
}
