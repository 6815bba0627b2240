package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.rpc.Watches;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.proto.rollback.v1.CancelRollbackRequest;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksResponse;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.usecase.CancelRollback;
import dev.portcullis.rollback.usecase.PrepareRollback;
import dev.portcullis.rollback.usecase.ReadRollbacks;
import dev.portcullis.rollback.usecase.StartRollback;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** The service implementation. Thread-safe. */
public final class RollbackGrpc extends RollbackServiceGrpc.RollbackServiceImplBase {
    private final PrepareRollback prepare;
    private final StartRollback start;
    private final CancelRollback cancel;
    private final ReadRollbacks read;
    private final DomainErrors errors;
    private final Watches<Rollback> watches;

    public RollbackGrpc(
            PrepareRollback prepare,
            StartRollback start,
            CancelRollback cancel,
            ReadRollbacks read,
            Versions versions,
            DeletedRecords deleted) {
        this.prepare = prepare;
        this.start = start;
        this.cancel = cancel;
        this.read = read;
        this.errors = new DomainErrors(deleted);
        this.watches = new Watches<>(versions, this::get, Rollback::hasEndTime);
    }

    @Override
    public void prepareRollback(PrepareRollbackRequest request, StreamObserver<RollbackPreparation> observer) {
        Answers.unary(
                observer,
                () -> errors.translated(() -> PreparationMapper.toProto(prepare.prepare(PrepareFields.read(request)))));
    }

    @Override
    public void startRollback(StartRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(
                observer,
                () -> errors.translated(() -> RollbackMapper.toProto(start.start(
                        RequestFields.uuid("token", request.getToken()),
                        RequestFields.optionalUuid("request_id", request.getRequestId())
                                .map(UUID::toString)
                                .orElse(""),
                        CallCaller.named("caller", request.getCaller()),
                        TraceLink.current()))));
    }

    @Override
    public void orderRollback(OrderRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> {
            var id = RequestFields.uuid("request_id", request.getRequestId());
            var wanted = PrepareFields.read(request.getPreparation());
            errors.refuseWhenDeleted(id);
            return errors.translated(() -> RollbackMapper.toProto(start.order(id, wanted, TraceLink.current())));
        });
    }

    @Override
    public void cancelRollback(CancelRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(
                observer,
                () -> errors.translated(() -> RollbackMapper.toProto(cancel.cancel(
                        id(request.getName()),
                        CallCaller.named("caller", request.getCaller()),
                        RequestFields.text("reason", request.getReason())))));
    }

    @Override
    public void getRollback(GetRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> withEvents(id(request.getName())));
    }

    @Override
    public void listRollbacks(ListRollbacksRequest request, StreamObserver<ListRollbacksResponse> observer) {
        Answers.unary(observer, () -> {
            var filter = ListFields.filter(request);
            var tokens = PageTokens.under(filter.service(), filter.state(), filter.drills());
            var after =
                    tokens.position(request.getPageToken()).map(place -> new ListPosition(place.time(), place.id()));
            var page = read.list(filter, after, RequestFields.pageSize(request.getPageSize()));
            return ListRollbacksResponse.newBuilder()
                    .addAllRollbacks(page.rollbacks().stream()
                            .map(RollbackMapper::toProto)
                            .toList())
                    .setNextPageToken(page.next()
                            .map(position -> tokens.of(new PageTokens.Position(position.createTime(), position.id())))
                            .orElse(""))
                    .build();
        });
    }

    @Override
    public void watchRollback(WatchRollbackRequest request, StreamObserver<Rollback> observer) {
        watches.follow(observer, () -> id(request.getName()));
    }

    private static UUID id(String name) {
        return RequestFields.id("name", "rollbacks/", name);
    }

    private Rollback withEvents(UUID id) {
        return get(id).toBuilder()
                .addAllEvents(
                        read.events(id).stream().map(RollbackMapper::toProto).toList())
                .build();
    }

    private Rollback get(UUID id) {
        return errors.translated(() -> RollbackMapper.toProto(read.get(id)));
    }
}
