package dev.portcullis.gate.testing;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksResponse;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.Precondition;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StageOutlook;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A rollback-service that remembers what it was asked, idempotent by token as the real one. */
public final class FakeRollback extends RollbackServiceGrpc.RollbackServiceImplBase {
    private final Map<String, PrepareRollbackRequest> prepared = new ConcurrentHashMap<>();
    private final Map<String, StartRollbackRequest> starts = new ConcurrentHashMap<>();
    private final List<PrepareRollbackRequest> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable ErrorReason refusal;
    private volatile @Nullable ErrorReason startRefusal;
    private volatile List<Rollback> drills = List.of();
    private volatile List<Rollback> byPeople = List.of();
    private volatile boolean ofBefore;
    private volatile boolean recordAway;
    private volatile boolean recordExpired;
    private volatile Rollback.State state = Rollback.State.RUNNING;
    private volatile String detail = "";

    /** From now on preparations are refused so; null = no more. */
    public void refuse(@Nullable ErrorReason reason) {
        refusal = reason;
    }

    /** From now on it is of a version that has to be asked to prepare a rollback first. */
    public void knowNoOrders() {
        ofBefore = true;
    }

    /** From now on starts are refused so, and of what is ordered the answer is lost: it is started and answered so; null = no more. */
    public void refuseStart(@Nullable ErrorReason reason) {
        startRefusal = reason;
    }

    /** These drills are on record from now on, newest first. */
    public void drilled(Rollback... rollbacks) {
        drills = List.of(rollbacks);
    }

    /** These rollbacks are on record from now on beside those that were ordered, newest first. */
    public void startedByPeople(Rollback... rollbacks) {
        byPeople = List.of(rollbacks);
    }

    /** From now on every rollback started stands so. */
    public void stands(Rollback.State as, String saying) {
        detail = saying;
        state = as;
    }

    /** Whether the record of rollbacks cannot be read. */
    public void loseRecord(boolean away) {
        recordAway = away;
    }

    /** From now on no rollback is kept any more. */
    public void expireRecord() {
        recordExpired = true;
    }

    /** What was prepared and started, by request id of the start. */
    public Map<String, PrepareRollbackRequest> started() {
        var found = new ConcurrentHashMap<String, PrepareRollbackRequest>();
        starts.forEach((token, start) -> found.put(start.getRequestId(), prepared.get(token)));
        return found;
    }

    /** How many rollbacks were started: one for each token used. */
    public int rollbacks() {
        return starts.size();
    }

    /** Every preparation asked for so far. */
    public List<PrepareRollbackRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void prepareRollback(PrepareRollbackRequest request, StreamObserver<RollbackPreparation> observer) {
        Answers.unary(observer, () -> {
            asked.add(request);
            refuseWhenAsked(refusal);
            var token = UUID.randomUUID().toString();
            prepared.put(token, request);
            return preparation(token, request);
        });
    }

    private static RollbackPreparation preparation(String token, PrepareRollbackRequest request) {
        return RollbackPreparation.newBuilder()
                .setToken(token)
                .setService(request.getService())
                .setFromRevision(request.getFromRevision())
                .setToRevision(request.getToRevision())
                .setReason(request.getReason())
                .setCreateTime(Timestamp.newBuilder().setSeconds(1_000))
                .setExpireTime(Timestamp.newBuilder().setSeconds(1_600))
                .addStages(StageOutlook.newBuilder()
                        .setTarget("istio")
                        .setIdentity("istio shop/checkout")
                        .setCurrent("canary at 10 %")
                        .setGoal("all traffic on stable")
                        .setCommand("kubectl edit virtualservice checkout")
                        .addPreconditions(Precondition.newBuilder()
                                .setId("GITOPS_MAY_REVERT")
                                .setText("Argo CD keeps it in sync")))
                .build();
    }

    @Override
    public void orderRollback(OrderRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> {
            if (ofBefore) {
                throw Status.UNIMPLEMENTED.asRuntimeException();
            }
            asked.add(request.getPreparation());
            refuseWhenAsked(refusal);
            var id = request.getRequestId();
            prepared.putIfAbsent(id, request.getPreparation());
            starts.putIfAbsent(
                    id,
                    StartRollbackRequest.newBuilder()
                            .setRequestId(id)
                            .setToken(id)
                            .build());
            refuseWhenAsked(startRefusal);
            return Rollback.newBuilder().setName("rollbacks/" + id).build();
        });
    }

    @Override
    public void startRollback(StartRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> {
            refuseWhenAsked(startRefusal);
            if (!prepared.containsKey(request.getToken())) {
                throw RpcErrors.error(Code.NOT_FOUND, ErrorReason.TOKEN_UNKNOWN, "no such token", Map.of());
            }
            var first = starts.putIfAbsent(request.getToken(), request);
            if (first != null && !first.equals(request)) {
                throw RpcErrors.error(Code.FAILED_PRECONDITION, ErrorReason.TOKEN_USED, "another call", Map.of());
            }
            return Rollback.newBuilder()
                    .setName("rollbacks/" + request.getRequestId())
                    .build();
        });
    }

    @Override
    public void listRollbacks(ListRollbacksRequest request, StreamObserver<ListRollbacksResponse> observer) {
        Answers.unary(observer, () -> {
            if (recordAway) {
                throw Status.UNAVAILABLE.withDescription("away").asRuntimeException();
            }
            var kind = request.getKind() == ListRollbacksRequest.Kind.DRILLS ? drills : byPeople;
            var found = kind.stream()
                    .filter(rollback -> rollback.getService().equals(request.getService()))
                    .limit(request.getPageSize())
                    .toList();
            return ListRollbacksResponse.newBuilder().addAllRollbacks(found).build();
        });
    }

    @Override
    public void getRollback(GetRollbackRequest request, StreamObserver<Rollback> observer) {
        Answers.unary(observer, () -> {
            if (recordAway) {
                throw Status.UNAVAILABLE.withDescription("away").asRuntimeException();
            }
            if (recordExpired) {
                throw RpcErrors.error(Code.NOT_FOUND, ErrorReason.RECORD_EXPIRED, "was deleted", Map.of());
            }
            return Rollback.newBuilder()
                    .setName(request.getName())
                    .setService("checkout")
                    .setState(state)
                    .setDetail(detail)
                    .build();
        });
    }

    private static void refuseWhenAsked(@Nullable ErrorReason reason) {
        if (reason != null) {
            throw RpcErrors.error(Code.FAILED_PRECONDITION, reason, "refused by the test", Map.of());
        }
    }
}
