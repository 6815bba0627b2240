package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.CreateTokenRequest;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tokens that gate-service has made when it is away: those that are known go on elsewhere, and no other. */
final class TokensWithoutGateIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADMIN = TokenText.random(new SecureRandom());

    @TempDir
    static Path folder;

    private static Channel with(ManagedChannel channel, String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    private static String answer(ManagedChannel rollback, String token) {
        try {
            RollbackServiceGrpc.newBlockingStub(with(rollback, token))
                    .listRollbacks(ListRollbacksRequest.getDefaultInstance());
            return "OK";
        } catch (StatusRuntimeException e) {
            return RpcErrors.reason(e).orElse(e.getStatus().toString());
        }
    }

    @Test
    void knownTokensGoOnAndRevokedAndUnknownOnesAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/access.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: root, sha256: %s, roles: [admin], services: ['*'], expires: 2099-12-31}
                """.formatted(TokenText.sha256(ADMIN)));
        try (AllServices services = TestPortcullis.startEmpty(folder)) {
            var gate = channel(services.gate().grpcPort());
            var rollback = channel(services.rollback().grpcPort());
            try {
                var access = AccessServiceGrpc.newBlockingStub(with(gate, ADMIN));
                var request = CreateTokenRequest.newBuilder()
                        .setHolder("argo")
                        .addRoles("viewer")
                        .addServices("*")
                        .setExpireTime(Timestamp.newBuilder()
                                .setSeconds(
                                        Instant.now().plus(Duration.ofDays(1)).getEpochSecond()))
                        .build();
                var known = access.createToken(request);
                var revoked = access.createToken(request);
                Await.until(
                        "both are known",
                        LIMIT,
                        () -> answer(rollback, known.getText()).equals("OK")
                                && answer(rollback, revoked.getText()).equals("OK"));
                access.revokeToken(RevokeTokenRequest.newBuilder()
                        .setName(revoked.getToken().getName())
                        .build());
                Await.until("one is revoked", LIMIT, () -> answer(rollback, revoked.getText())
                        .equals("CREDENTIALS_REFUSED"));
                services.gate().close();
                assertEquals("OK", answer(rollback, known.getText()));
                assertEquals("CREDENTIALS_REFUSED", answer(rollback, revoked.getText()));
                assertEquals("CREDENTIALS_REFUSED", answer(rollback, TokenText.random(new SecureRandom())));
                assertEquals("OK", answer(rollback, ADMIN));
            } finally {
                gate.shutdownNow();
                rollback.shutdownNow();
            }
        }
    }
}
