package dev.portcullis.gate.client;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.rollback.Drill;
import dev.portcullis.gate.rollback.LatestRollback;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of rollbacks over gRPC. Thread-safe. */
public final class GrpcRollbackRecord implements RollbackRecord {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcRollbackRecord.class);

    private final RollbackServiceBlockingStub stub;

    /** @param channel by {@link #downstream(String, Duration)} */
    public GrpcRollbackRecord(Channel channel) {
        stub = RollbackServiceGrpc.newBlockingStub(channel);
    }

    /**
     * rollback-service as its record is read; with a circuit breaker of its own, so that slow reads hold no start back.
     *
     * @param deadline of a call: whoever reads a release waits for it, and would rather have the release without
     */
    public static Downstream downstream(String address, Duration deadline) {
        return new Downstream(
                "rollback-record",
                address,
                deadline,
                RollbackServiceGrpc.SERVICE_NAME,
                Set.of("ListRollbacks", "GetRollback"));
    }

    @Override
    public Optional<Drill> lastDrill(String service) {
        return newest(service, ListRollbacksRequest.Kind.DRILLS).map(GrpcRollbackRecord::drill);
    }

    @Override
    public Optional<LatestRollback> latest(String service) {
        return newest(service, ListRollbacksRequest.Kind.ROLLBACKS)
                .map(found -> new LatestRollback(
                        found.getName(),
                        found.getToRevision(),
                        ProtoTimes.instant(found.getCreateTime()),
                        new RollbackStatus(found.getState().name(), found.getDetail())));
    }

    private Optional<Rollback> newest(String service, ListRollbacksRequest.Kind kind) {
        var newest = ListRollbacksRequest.newBuilder()
                .setService(service)
                .setKind(kind)
                .setPageSize(1)
                .build();
        try {
            return stub.listRollbacks(newest).getRollbacksList().stream().findFirst();
        } catch (StatusRuntimeException e) {
            LOG.debug("the newest of {} of {} is not known: {}", kind, service, CallFaults.inOneLine(e));
            return Optional.empty();
        }
    }

    @Override
    public RollbackStatus status(String rollback) {
        var request = GetRollbackRequest.newBuilder().setName(rollback).build();
        try {
            var found = stub.getRollback(request);
            return new RollbackStatus(found.getState().name(), found.getDetail());
        } catch (StatusRuntimeException e) {
            if (RpcErrors.hasReason(e, ErrorReason.RECORD_EXPIRED)) {
                return RollbackStatus.EXPIRED;
            }
            LOG.debug("{} is told without its state: {}", rollback, CallFaults.inOneLine(e));
            return RollbackStatus.UNKNOWN;
        }
    }

    private static Drill drill(Rollback rollback) {
        var started = ProtoTimes.instant(rollback.getCreateTime());
        return new Drill(
                rollback.getName(),
                rollback.getMode().name(),
                rollback.getState().name(),
                started,
                since(started, rollback.hasEndTime(), rollback.getEndTime()),
                since(started, rollback.hasTrafficBackTime(), rollback.getTrafficBackTime()),
                rollback.getDetail());
    }

    private static Optional<Duration> since(Instant started, boolean there, Timestamp time) {
        return there ? Optional.of(Duration.between(started, ProtoTimes.instant(time))) : Optional.empty();
    }
}
