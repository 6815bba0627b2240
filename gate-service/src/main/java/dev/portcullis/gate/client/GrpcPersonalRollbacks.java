package dev.portcullis.gate.client;

import dev.portcullis.gate.rollback.PersonalRollbacks;
import dev.portcullis.gate.rollback.PreparedRollback;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.gate.rollback.RollbackRefusedException;
import dev.portcullis.gate.rollback.RollbackUnavailableException;
import dev.portcullis.gate.rollback.RollbackWish;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Rollbacks as a person has them made, over gRPC. Thread-safe. */
public final class GrpcPersonalRollbacks implements PersonalRollbacks {
    /** Somebody waits for the page. */
    private static final Duration READ_DEADLINE = Duration.ofSeconds(3);

    private static final Set<Status.Code> REFUSALS =
            EnumSet.of(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED);

    private final RollbackServiceBlockingStub preparing;
    private final RollbackServiceBlockingStub starting;
    private final RollbackServiceBlockingStub reading;

    /**
     * @param preparing a channel by {@link GrpcRollbacks#preparing}
     * @param starting a channel by {@link GrpcRollbacks#starting}
     * @param reading a channel by {@link #reading(String)}
     */
    public GrpcPersonalRollbacks(Channel preparing, Channel starting, Channel reading) {
        this.preparing = RollbackServiceGrpc.newBlockingStub(preparing);
        this.starting = RollbackServiceGrpc.newBlockingStub(starting);
        this.reading = RollbackServiceGrpc.newBlockingStub(reading);
    }

    /** rollback-service as people look at its rollbacks; with a circuit breaker of its own. */
    public static Downstream reading(String address) {
        return new Downstream(
                "rollback-progress", address, READ_DEADLINE, RollbackServiceGrpc.SERVICE_NAME, Set.of("GetRollback"));
    }

    @Override
    public PreparedRollback prepare(RollbackWish wish, Caller person) {
        var request = PrepareRollbackRequest.newBuilder()
                .setService(wish.service())
                .setRelease(wish.release())
                .setFromRevision(wish.from())
                .setToRevision(wish.to())
                .setReason(wish.reason())
                .setCaller(person.name())
                .build();
        return asked(() ->
                RollbackProgressMapper.prepared(onBehalf(preparing, person).prepareRollback(request)));
    }

    @Override
    public String start(String token, Caller person) {
        var request = StartRollbackRequest.newBuilder()
                .setRequestId(token)
                .setToken(token)
                .setCaller(person.name())
                .build();
        return asked(() -> onBehalf(starting, person).startRollback(request).getName());
    }

    @Override
    public Optional<RollbackProgress> read(String name) {
        var request = GetRollbackRequest.newBuilder().setName(name).build();
        try {
            return Optional.of(asked(() -> RollbackProgressMapper.progress(reading.getRollback(request))));
        } catch (RollbackRefusedException e) {
            if (e.reason().equals(ErrorReason.ROLLBACK_NOT_FOUND.name())
                    || e.reason().equals(ErrorReason.RECORD_EXPIRED.name())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where nobody has to show who he is, there is nobody whose rights could count. */
    private static RollbackServiceBlockingStub onBehalf(RollbackServiceBlockingStub stub, Caller person) {
        return person.kind() == Caller.Kind.LOCAL ? stub : stub.withOption(ClientChannels.ON_BEHALF_OF, person);
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            if (CallFaults.isFinal(e) || REFUSALS.contains(e.getStatus().getCode())) {
                throw new RollbackRefusedException(RpcErrors.reason(e).orElse(""), CallFaults.description(e));
            }
            throw new RollbackUnavailableException(CallFaults.inOneLine(e));
        }
    }
}
