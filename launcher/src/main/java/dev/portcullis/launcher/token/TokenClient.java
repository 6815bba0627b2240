package dev.portcullis.launcher.token;

import com.google.protobuf.Timestamp;
import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.portcullis.proto.gate.v1.AccessToken;
import dev.portcullis.proto.gate.v1.CreateTokenRequest;
import dev.portcullis.proto.gate.v1.CreateTokenResponse;
import dev.portcullis.proto.gate.v1.ListTokensRequest;
import dev.portcullis.proto.gate.v1.RevokeTokenRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes, lists and revokes tokens of a running gate-service. Every method throws {@link dev.portcullis.launcher.peer.PeerException} when that says no or cannot be reached. */
public final class TokenClient implements AutoCloseable {
    private static final int CALL_SECONDS = 10;
    private static final int LARGEST_PAGE = 200;

    private final Peer gate;

    /**
     * One that is not connected yet.
     *
     * @param gate where gate-service is
     * @param token what is shown to it; empty for nothing
     */
    public TokenClient(PeerAddress gate, Optional<String> token) {
        this.gate = new Peer("gate-service", gate, "--gate", token);
    }

    /** Makes one. */
    public CreateTokenResponse create(String holder, List<String> roles, List<String> services, Instant end) {
        var request = CreateTokenRequest.newBuilder()
                .setHolder(holder)
                .addAllRoles(roles)
                .addAllServices(services)
                .setExpireTime(Timestamp.newBuilder().setSeconds(end.getEpochSecond()))
                .build();
        return gate.call("the token cannot be made", () -> stub().createToken(request));
    }

    /**
     * All there are, newest first.
     *
     * @param holder only his; empty for everybody's
     */
    public List<AccessToken> list(String holder) {
        var request = ListTokensRequest.newBuilder().setHolder(holder).setPageSize(LARGEST_PAGE);
        var found = new ArrayList<AccessToken>();
        do {
            var page = gate.call("the tokens cannot be listed", () -> stub().listTokens(request.build()));
            found.addAll(page.getTokensList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return found;
    }

    /** Revokes the one of a name, "tokens/{uuid}". */
    public AccessToken revoke(String name) {
        var request = RevokeTokenRequest.newBuilder().setName(name).build();
        return gate.call("the token cannot be revoked", () -> stub().revokeToken(request));
    }

    private AccessServiceBlockingStub stub() {
        return AccessServiceGrpc.newBlockingStub(gate.channel()).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        gate.close();
    }
}
