package dev.portcullis.rollback.grpc;

import com.google.rpc.Code;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.rollback.lifecycle.Refusal;
import dev.portcullis.rollback.lifecycle.RefusedException;
import dev.portcullis.rollback.lifecycle.UnknownRollbackException;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The domain's exceptions as errors of the wire. Thread-safe. */
final class DomainErrors {
    private static final String STARTED_WITH = "the rollback that was started with token";

    private final DeletedRecords deleted;

    DomainErrors(DeletedRecords deleted) {
        this.deleted = deleted;
    }

    <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnknownRollbackException e) {
            var name = "rollbacks/" + e.id();
            throw expired(e.id(), "rollback", name)
                    .orElseGet(() -> error(Code.NOT_FOUND, ErrorReason.ROLLBACK_NOT_FOUND, e, Map.of("name", name)));
        } catch (RefusedException e) {
            throw usedLongAgo(e).orElseGet(() -> refused(e));
        }
    }

    /** An order whose rollback is no longer kept would start a second one. */
    void refuseWhenDeleted(UUID order) {
        expired(order, STARTED_WITH, order.toString()).ifPresent(fault -> {
            throw fault;
        });
    }

    private Optional<StatusRuntimeException> expired(UUID id, String kind, String name) {
        return deleted.find(id).map(known -> known.error(ErrorReason.RECORD_EXPIRED, kind, name));
    }

    /** A token that nobody knows any more may have started a rollback that is no longer kept: to prepare it anew would start a second one. */
    private Optional<StatusRuntimeException> usedLongAgo(RefusedException e) {
        return Optional.of(e)
                .filter(refused -> refused.refusal() == Refusal.TOKEN_UNKNOWN)
                .map(refused -> refused.about().getOrDefault("token", ""))
                .flatMap(token -> expired(UUID.fromString(token), STARTED_WITH, token));
    }

    private static StatusRuntimeException refused(RefusedException e) {
        return error(code(e.refusal()), ErrorReason.valueOf(e.refusal().name()), e, e.about());
    }

    /** A target that cannot be reached is no UNAVAILABLE: that would open the callers' circuit breakers to this service. */
    private static Code code(Refusal refusal) {
        return refusal == Refusal.TOKEN_UNKNOWN ? Code.NOT_FOUND : Code.FAILED_PRECONDITION;
    }

    private static StatusRuntimeException error(
            Code code, ErrorReason reason, RuntimeException fault, Map<String, String> metadata) {
        return RpcErrors.error(code, reason, String.valueOf(fault.getMessage()), metadata);
    }
}
