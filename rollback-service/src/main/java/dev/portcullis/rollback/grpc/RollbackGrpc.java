package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksResponse;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import dev.portcullis.rollback.usecase.ReadRollbacks;
import dev.portcullis.rollback.usecase.StartRollback;
import io.grpc.stub.StreamObserver;

/** The service implementation. Thread-safe. */
public final class RollbackGrpc extends RollbackServiceGrpc.RollbackServiceImplBase {
    private final StartRollback start;
    private final ReadRollbacks read;

    public RollbackGrpc(StartRollback start, ReadRollbacks read) {
        this.start = start;
        this.read = read;
    }

    @Override
    public void startRollback(StartRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(
                observer,
                () -> DomainErrors.translated(() -> RollbackMapper.toProto(start.start(
                        Fields.uuid("request_id", request.getRequestId()),
                        StartFields.order(request),
                        TraceLink.current()))));
    }

    @Override
    public void getRollback(GetRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> get(request.getName()));
    }

    @Override
    public void listRollbacks(ListRollbacksRequest request, StreamObserver<ListRollbacksResponse> observer) {
        Answers.unary(observer, () -> {
            var filter = ListFields.filter(request);
            var after = PageToken.read(request.getPageToken(), filter);
            var page = read.list(filter, after, ListFields.pageSize(request));
            return ListRollbacksResponse.newBuilder()
                    .addAllRollbacks(page.rollbacks().stream()
                            .map(RollbackMapper::toProto)
                            .toList())
                    .setNextPageToken(page.next()
                            .map(position -> PageToken.write(position, filter))
                            .orElse(""))
                    .build();
        });
    }

    @Override
    public void watchRollback(WatchRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.watch(observer, () -> get(request.getName()), Rollback::hasEndTime);
    }

    private Rollback get(String name) {
        return DomainErrors.translated(() -> RollbackMapper.toProto(read.get(Fields.rollbackName(name))));
    }
}
