package dev.portcullis.kit.client;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.Grant;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.identity.TokenSource;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.portcullis.proto.gate.v1.AccessToken;
import dev.portcullis.proto.gate.v1.ListGoodTokensRequest;
import dev.portcullis.proto.gate.v1.TokenUse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tokens of gate-service over gRPC. Called from one thread at a time. */
public final class GrpcTokens implements TokenSource {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final ClientChannels channels;
    private final GateAddress gate;
    private Optional<AccessServiceBlockingStub> stub = Optional.empty();
    private String connected = "";

    public GrpcTokens(ClientChannels channels, GateAddress gate) {
        this.channels = channels;
        this.gate = gate;
    }

    @Override
    public List<Token> good(Map<String, Instant> uses) {
        var request = ListGoodTokensRequest.newBuilder();
        uses.forEach((sha256, time) -> request.addUses(TokenUse.newBuilder()
                .setSha256(sha256)
                .setTime(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))));
        try {
            return stub().listGoodTokens(request.build()).getTokensList().stream()
                    .map(GrpcTokens::token)
                    .toList();
        } catch (StatusRuntimeException e) {
            throw new IllegalStateException(CallFaults.inOneLine(e), e);
        }
    }

    private AccessServiceBlockingStub stub() {
        var address = gate.get();
        if (stub.isEmpty() || !address.equals(connected)) {
            connected = address;
            stub = Optional.of(AccessServiceGrpc.newBlockingStub(channels.open(new Downstream(
                    "tokens", address, DEADLINE, AccessServiceGrpc.SERVICE_NAME, Set.of("ListGoodTokens")))));
        }
        return stub.get();
    }

    /** A role of a newer version is none here. */
    private static Token token(AccessToken token) {
        var services = new ServiceGroup(token.getServicesList());
        var grants = token.getRolesList().stream()
                .flatMap(word -> Role.of(word).stream())
                .map(role -> new Grant(role, services))
                .toList();
        return new Token(
                token.getHolder(),
                token.getSha256(),
                grants,
                Instant.ofEpochSecond(
                        token.getExpireTime().getSeconds(),
                        token.getExpireTime().getNanos()));
    }
}
