package dev.portcullis.gate.grpc;

import dev.portcullis.gate.access.AccessTokens;
import dev.portcullis.gate.usecase.ChangeTokens;
import dev.portcullis.gate.usecase.Page;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AccessToken;
import dev.portcullis.proto.gate.v1.CreateTokenRequest;
import dev.portcullis.proto.gate.v1.CreateTokenResponse;
import dev.portcullis.proto.gate.v1.ListGoodTokensRequest;
import dev.portcullis.proto.gate.v1.ListGoodTokensResponse;
import dev.portcullis.proto.gate.v1.ListTokensRequest;
import dev.portcullis.proto.gate.v1.ListTokensResponse;
import dev.portcullis.proto.gate.v1.RevokeTokenRequest;
import io.grpc.stub.StreamObserver;
import java.time.Clock;

/** AccessService over gRPC. Thread-safe. */
public final class AccessGrpcService extends AccessServiceGrpc.AccessServiceImplBase {
    private final ChangeTokens changeTokens;
    private final AccessTokens tokens;
    private final Clock clock;
    private final DomainErrors errors;

    public AccessGrpcService(ChangeTokens changeTokens, AccessTokens tokens, Clock clock, DeletedRecords deleted) {
        this.changeTokens = changeTokens;
        this.tokens = tokens;
        this.clock = clock;
        this.errors = new DomainErrors(deleted);
    }

    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> observer) {
        Answers.unary(observer, () -> errors.mapped(() -> created(request)));
    }

    private CreateTokenResponse created(CreateTokenRequest request) {
        var caller = CallCaller.current();
        var made = changeTokens.create(
                RequestFields.name("holder", request.getHolder()),
                AccessFields.roles(request, caller),
                AccessFields.services(request),
                AccessFields.end(request, clock.instant()),
                caller.name());
        return CreateTokenResponse.newBuilder()
                .setToken(told(made.kept()))
                .setText(made.text())
                .build();
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
        Answers.unary(observer, () -> errors.mapped(() -> list(request)));
    }

    private ListTokensResponse list(ListTokensRequest request) {
        var holder = RequestFields.optionalName("holder", request.getHolder());
        var pages = PageTokens.under(holder);
        var size = RequestFields.pageSize(request.getPageSize());
        var before = pages.number(request.getPageToken());
        var page = Page.of(tokens.list(holder, before, size + 1), size, dev.portcullis.gate.access.AccessToken::number);
        var response = ListTokensResponse.newBuilder();
        page.items().forEach(token -> response.addTokens(told(token)));
        page.next().ifPresent(number -> response.setNextPageToken(pages.of(number)));
        return response.build();
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<AccessToken> observer) {
        Answers.unary(
                observer,
                () -> errors.mapped(() -> {
                    var id = RequestFields.id("name", dev.portcullis.gate.access.AccessToken.PREFIX, request.getName());
                    return told(changeTokens.revoke(id, CallCaller.current().name()));
                }));
    }

    @Override
    public void listGoodTokens(ListGoodTokensRequest request, StreamObserver<ListGoodTokensResponse> observer) {
        Answers.unary(
                observer,
                () -> errors.mapped(() -> {
                    var now = clock.instant();
                    tokens.used(AccessFields.uses(request.getUsesList(), now));
                    var response = ListGoodTokensResponse.newBuilder();
                    tokens.good(now).forEach(token -> response.addTokens(told(token)));
                    return response.build();
                }));
    }

    private static AccessToken told(dev.portcullis.gate.access.AccessToken token) {
        var told = AccessToken.newBuilder()
                .setName(token.name())
                .setHolder(token.holder())
                .setSha256(token.sha256())
                .addAllRoles(token.roles().stream().map(Role::word).toList())
                .addAllServices(token.services())
                .setCreateTime(ProtoTimes.timestamp(token.created()))
                .setCreator(token.creator())
                .setExpireTime(ProtoTimes.timestamp(token.end()));
        token.revocation().ifPresent(revocation -> told.setRevokeTime(ProtoTimes.timestamp(revocation.time()))
                .setRevoker(revocation.revoker()));
        token.lastUse().map(ProtoTimes::timestamp).ifPresent(told::setLastUseTime);
        return told.build();
    }
}
