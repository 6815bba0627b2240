package dev.portcullis.standalone.demo;

import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rollbacks as rollback-service has them on record, read over gRPC. Thread-safe. */
final class RollbackRecords implements AutoCloseable {
    private static final int LIMIT_SECONDS = 5;
    private static final int MANY = 200;

    private final ManagedChannel channel;

    /** @param port rollback-service's gRPC port on 127.0.0.1 */
    RollbackRecords(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** The states of all rollbacks away from a version, newest first; when the service cannot be asked, the one text that says so. */
    List<String> states(String canary) {
        try {
            var request = ListRollbacksRequest.newBuilder()
                    .setService(Shop.SERVICE)
                    .setPageSize(MANY)
                    .build();
            return RollbackServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .listRollbacks(request)
                    .getRollbacksList()
                    .stream()
                    .filter(rollback -> rollback.getFromRevision().equals(canary))
                    .map(RollbackRecords::described)
                    .toList();
        } catch (StatusRuntimeException e) {
            return List.of("unknown, rollback-service answered " + e.getStatus().getCode());
        }
    }

    private static String described(Rollback rollback) {
        var state = rollback.getState().name();
        return rollback.getState() == Rollback.State.SUCCEEDED ? state : state + " (" + rollback.getDetail() + ")";
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
