package dev.portcullis.demo;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
            return away(canary).map(RollbackRecords::described).toList();
        } catch (StatusRuntimeException e) {
            return List.of("unknown, rollback-service answered " + e.getStatus().getCode());
        }
    }

    private static String described(Rollback rollback) {
        var state = rollback.getState().name();
        return rollback.getState() == Rollback.State.SUCCEEDED ? state : state + " (" + rollback.getDetail() + ")";
    }

    /** How soon users were off a version, as a clause; empty while they are not, or when the service cannot be asked. */
    Optional<String> trafficBack(String canary) {
        return newest(canary)
                .filter(Rollback::hasTrafficBackTime)
                .map(rollback -> "traffic is back on " + rollback.getToRevision() + " after "
                        + DurationText.seconds(since(rollback.getCreateTime(), rollback.getTrafficBackTime()))
                        + " (promised: "
                        + DurationText.seconds(ProtoTimes.duration(rollback.getTrafficBackWithin()))
                        + ")");
    }

    /** What proved that users recovered from a version; empty before, or when the service cannot be asked. */
    Optional<String> recovery(String canary) {
        return newest(canary).flatMap(rollback -> rollback.getStepsList().stream()
                .filter(step -> step.getKind().equals("verify"))
                .filter(step -> step.getState() == RollbackStep.State.DONE)
                .map(RollbackStep::getSeenAfter)
                .findFirst());
    }

    private Optional<Rollback> newest(String canary) {
        try {
            return away(canary).findFirst();
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    private Stream<Rollback> away(String canary) {
        var request = ListRollbacksRequest.newBuilder()
                .setService(Shop.SERVICE)
                .setPageSize(MANY)
                .build();
        return RollbackServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                .listRollbacks(request)
                .getRollbacksList()
                .stream()
                .filter(rollback -> rollback.getFromRevision().equals(canary));
    }

    private static Duration since(Timestamp start, Timestamp end) {
        return Duration.between(ProtoTimes.instant(start), ProtoTimes.instant(end));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
