package dev.portcullis.gate.client;

import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.gate.rollback.OrderPreparation;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** rollback-service over gRPC. Thread-safe. */
public final class GrpcRollbacks implements Rollbacks {
    /** Nobody waits for a start; given up too soon on a busy machine it would only come later, after the breaker's pause. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(5);
    /** A preparation looks at every target, and a cluster may take its time. */
    private static final Duration PREPARE_DEADLINE = Duration.ofSeconds(30);

    private static final Map<String, String> PASSING = Map.of(
            ErrorReason.ROLLBACK_IN_PROGRESS.name(), "waits for another rollback of the service",
            ErrorReason.TARGET_BUSY.name(), "waits for another rollback of the same target",
            ErrorReason.TARGET_UNREACHABLE.name(), "waits for its target");
    private static final Set<String> OUTDATED =
            Set.of(ErrorReason.TOKEN_EXPIRED.name(), ErrorReason.TOKEN_UNKNOWN.name());
    private static final String CALLER = "gate-service";

    private final RollbackServiceBlockingStub preparing;
    private final RollbackServiceBlockingStub starting;

    /**
     * @param preparing a channel by {@link #preparing(String)}
     * @param starting a channel by {@link #starting(String)}
     */
    public GrpcRollbacks(Channel preparing, Channel starting) {
        this.preparing = RollbackServiceGrpc.newBlockingStub(preparing);
        this.starting = RollbackServiceGrpc.newBlockingStub(starting);
    }

    /** rollback-service as preparations see it. */
    public static Downstream preparing(String address) {
        return new Downstream(
                "rollback-targets",
                address,
                PREPARE_DEADLINE,
                RollbackServiceGrpc.SERVICE_NAME,
                Set.of("PrepareRollback", "OrderRollback"));
    }

    /** rollback-service as starts see it. A start may be repeated: its token makes it one rollback. */
    public static Downstream starting(String address) {
        return new Downstream(
                "rollback", address, START_DEADLINE, RollbackServiceGrpc.SERVICE_NAME, Set.of("StartRollback"));
    }

    @Override
    public Optional<OrderOutcome> order(RollbackOrder order) {
        try {
            var started = onBehalf(preparing, order)
                    .orderRollback(OrderRollbackRequest.newBuilder()
                            .setRequestId(order.decisionId().toString())
                            .setPreparation(preparation(order))
                            .build());
            return Optional.of(new OrderOutcome.Started(started.getName()));
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNIMPLEMENTED ? Optional.empty() : Optional.of(classify(e));
        }
    }

    /** Prepared also when the targets are back already, as when Argo Rollouts has aborted by itself: recovery is verified all the same. */
    private static PrepareRollbackRequest preparation(RollbackOrder order) {
        return PrepareRollbackRequest.newBuilder()
                .setService(order.service())
                .setRelease(order.release())
                .setFromRevision(order.from())
                .setToRevision(order.to())
                // Made of what analysis-service and a metrics backend said; refused for its text, it would never be
                // started.
                .setReason(order.reason())
                .setCaller(caller(order))
                .setAllowRestored(true)
                .build();
    }

    @Override
    public OrderPreparation prepare(RollbackOrder order) {
        try {
            var prepared = onBehalf(preparing, order).prepareRollback(preparation(order));
            return new OrderPreparation.Prepared(prepared.getToken());
        } catch (StatusRuntimeException e) {
            return new OrderPreparation.Declined(classify(e));
        }
    }

    @Override
    public OrderOutcome start(RollbackOrder order) {
        try {
            var started = onBehalf(starting, order)
                    .startRollback(StartRollbackRequest.newBuilder()
                            .setRequestId(order.decisionId().toString())
                            .setToken(order.token())
                            .setCaller(caller(order))
                            .build());
            return new OrderOutcome.Started(started.getName());
        } catch (StatusRuntimeException e) {
            return classify(e);
        }
    }

    /** Whoever aborted is let do what he may do there, and no more; the gate is, when it decided by itself. */
    private static RollbackServiceBlockingStub onBehalf(RollbackServiceBlockingStub stub, RollbackOrder order) {
        return order.caller()
                .map(caller -> stub.withOption(ClientChannels.ON_BEHALF_OF, caller))
                .orElse(stub);
    }

    private static String caller(RollbackOrder order) {
        return order.caller().map(Caller::name).orElse(CALLER);
    }

    private static OrderOutcome classify(StatusRuntimeException error) {
        var reason = RpcErrors.reason(error).orElse("");
        if (reason.equals(ErrorReason.NO_ROLLBACK_TARGET.name())) {
            return new OrderOutcome.Refused(
                    "no rollback: " + CallFaults.description(error) + "; take the canary back by hand");
        }
        if (PASSING.containsKey(reason)) {
            return new OrderOutcome.Postponed(
                    PASSING.get(reason) + ": " + CallFaults.description(error) + "; tried again");
        }
        if (OUTDATED.contains(reason)) {
            return new OrderOutcome.Outdated("prepared anew: " + CallFaults.description(error));
        }
        return CallFaults.isFinal(error)
                ? new OrderOutcome.Refused(
                        "rollback-service refused: " + CallFaults.inOneLine(error) + "; take the canary back by hand")
                : new OrderOutcome.Postponed(
                        "rollback-service could not be asked: " + CallFaults.inOneLine(error) + "; tried again");
    }
}
