package dev.portcullis.gate.testing;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A rollback-service that remembers what it was asked, idempotent by request id as the real one. */
public final class FakeRollback extends RollbackServiceGrpc.RollbackServiceImplBase {
    private final Map<String, StartRollbackRequest> started = new ConcurrentHashMap<>();
    private final List<StartRollbackRequest> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable ErrorReason refusal;

    /** From now on starts are refused so; null = no more. */
    public void refuse(@Nullable ErrorReason reason) {
        refusal = reason;
    }

    /** Rollbacks started, by request id. */
    public Map<String, StartRollbackRequest> started() {
        return Map.copyOf(started);
    }

    /** Every call so far. */
    public List<StartRollbackRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void startRollback(StartRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> {
            asked.add(request);
            var reason = refusal;
            if (reason != null) {
                throw RpcErrors.error(Code.FAILED_PRECONDITION, reason, "refused by the test", Map.of());
            }
            var first = started.putIfAbsent(request.getRequestId(), request);
            if (first != null && !first.equals(request)) {
                throw RpcErrors.error(Code.INVALID_ARGUMENT, ErrorReason.REQUEST_ID_REUSED, "another body", Map.of());
            }
            return Rollback.newBuilder()
                    .setName("rollbacks/" + request.getRequestId())
                    .build();
        });
    }
}
