package dev.portcullis.gate.grpc;

import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.usecase.ChangeHolds;
import dev.portcullis.gate.usecase.Page;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.HoldReleaseRequest;
import dev.portcullis.proto.gate.v1.ListHoldsRequest;
import dev.portcullis.proto.gate.v1.ListHoldsResponse;
import dev.portcullis.proto.gate.v1.PromotionHold;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.ResumePromotionsRequest;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** PromotionHoldService over gRPC. Thread-safe. */
public final class HoldGrpcService extends PromotionHoldServiceGrpc.PromotionHoldServiceImplBase {
    private final ChangeHolds changeHolds;
    private final PromotionHolds holds;
    private final Clock clock;
    private final DomainErrors errors;

    public HoldGrpcService(ChangeHolds changeHolds, PromotionHolds holds, Clock clock, DeletedRecords deleted) {
        this.changeHolds = changeHolds;
        this.holds = holds;
        this.clock = clock;
        this.errors = new DomainErrors(deleted);
    }

    @Override
    public void holdPromotions(HoldPromotionsRequest request, StreamObserver<PromotionHold> observer) {
        Answers.unary(
                observer,
                () -> errors.mapped(() -> told(changeHolds.services(
                        HoldFields.services(request),
                        HoldFields.exceptions(request),
                        HoldFields.end(request.hasExpireTime(), request.getExpireTime(), clock.instant()),
                        CallCaller.current().name(),
                        RequestFields.text("reason", request.getReason())))));
    }

    @Override
    public void holdRelease(HoldReleaseRequest request, StreamObserver<PromotionHold> observer) {
        Answers.unary(
                observer,
                () -> errors.mapped(() -> {
                    var release = HoldFields.release(request.getName());
                    return told(changeHolds.release(
                            release.service(),
                            release.release(),
                            end(request),
                            CallCaller.current().name(),
                            RequestFields.text("reason", request.getReason())));
                }));
    }

    private Optional<Instant> end(HoldReleaseRequest request) {
        return request.hasExpireTime()
                ? Optional.of(HoldFields.end(true, request.getExpireTime(), clock.instant()))
                : Optional.empty();
    }

    @Override
    public void resumePromotions(ResumePromotionsRequest request, StreamObserver<PromotionHold> observer) {
        Answers.unary(
                observer,
                () -> errors.mapped(() -> told(changeHolds.end(
                        RequestFields.id("name", dev.portcullis.gate.hold.PromotionHold.PREFIX, request.getName()),
                        CallCaller.current().name(),
                        RequestFields.text("reason", request.getReason())))));
    }

    @Override
    public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> observer) {
        Answers.unary(observer, () -> errors.mapped(() -> list(request)));
    }

    private ListHoldsResponse list(ListHoldsRequest request) {
        var service = RequestFields.optionalName("service", request.getService());
        var pages = PageTokens.under(service, request.getAll());
        var size = RequestFields.pageSize(request.getPageSize());
        var before = pages.number(request.getPageToken());
        var page = Page.of(
                holds.list(service, request.getAll(), before, size + 1),
                size,
                dev.portcullis.gate.hold.PromotionHold::number);
        var response = ListHoldsResponse.newBuilder();
        page.items().forEach(hold -> response.addHolds(told(hold)));
        page.next().ifPresent(number -> response.setNextPageToken(pages.of(number)));
        return response.build();
    }

    private PromotionHold told(dev.portcullis.gate.hold.PromotionHold hold) {
        var told = PromotionHold.newBuilder()
                .setName(hold.name())
                .addAllServices(hold.services())
                .addAllExceptions(hold.exceptions())
                .setReason(hold.reason())
                .setCreator(hold.creator())
                .setCreateTime(ProtoTimes.timestamp(hold.created()))
                .setState(
                        PromotionHold.State.valueOf(hold.state(clock.instant()).name()));
        hold.release()
                .ifPresent(id -> told.setRelease(Release.name(hold.services().getFirst(), id)));
        hold.end().map(ProtoTimes::timestamp).ifPresent(told::setExpireTime);
        hold.ending().ifPresent(ending -> told.setEndTime(ProtoTimes.timestamp(ending.time()))
                .setEnder(ending.actor())
                .setEndReason(ending.reason()));
        return told.build();
    }
}
