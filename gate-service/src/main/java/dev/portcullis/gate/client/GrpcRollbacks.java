package dev.portcullis.gate.client;

import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** rollback-service over gRPC. Thread-safe. */
public final class GrpcRollbacks implements Rollbacks {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** Answers of the server itself, which would be the same the next time. */
    private static final Set<Status.Code> FINAL =
            EnumSet.of(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION, Status.Code.NOT_FOUND);

    private final RollbackServiceBlockingStub stub;

    public GrpcRollbacks(Channel channel) {
        this.stub = RollbackServiceGrpc.newBlockingStub(channel);
    }

    /** rollback-service as this client sees it. A start may be repeated: its request id makes it one rollback. */
    public static Downstream downstream(String address) {
        return new Downstream("rollback", address, DEADLINE, RollbackServiceGrpc.SERVICE_NAME, Set.of("StartRollback"));
    }

    @Override
    public OrderOutcome start(RollbackOrder order) {
        try {
            var started = stub.startRollback(StartRollbackRequest.newBuilder()
                    .setRequestId(order.decisionId().toString())
                    .setService(order.service())
                    .setRelease(order.release())
                    .setFromRevision(order.from())
                    .setToRevision(order.to())
                    .setReason(order.reason())
                    .build());
            return new OrderOutcome.Started(started.getName());
        } catch (StatusRuntimeException e) {
            return classify(e);
        }
    }

    private static OrderOutcome classify(StatusRuntimeException error) {
        var reason = RpcErrors.reason(error).orElse("");
        if (reason.equals(ErrorReason.NO_ROLLBACK_TARGET.name())) {
            return new OrderOutcome.Refused("no rollback: " + CallFaults.description(error)
                    + "; take the canary back by hand, and give the ReleasePolicy a rollback section");
        }
        if (reason.equals(ErrorReason.ROLLBACK_IN_PROGRESS.name())) {
            return new OrderOutcome.Postponed(
                    "waits for another rollback of the service: " + CallFaults.description(error) + "; tried again");
        }
        return FINAL.contains(error.getStatus().getCode())
                ? new OrderOutcome.Refused(
                        "rollback-service refused: " + CallFaults.inOneLine(error) + "; take the canary back by hand")
                : new OrderOutcome.Postponed(
                        "rollback-service could not be asked: " + CallFaults.inOneLine(error) + "; tried again");
    }
}
