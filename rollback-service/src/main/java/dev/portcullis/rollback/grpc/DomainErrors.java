package dev.portcullis.rollback.grpc;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.rollback.rollback.Refusal;
import dev.portcullis.rollback.rollback.RefusedException;
import dev.portcullis.rollback.rollback.UnknownRollbackException;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.function.Supplier;

/** The domain's exceptions as errors of the wire. */
final class DomainErrors {
    private DomainErrors() {}

    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnknownRollbackException e) {
            var name = Map.of("name", "rollbacks/" + e.id());
            throw error(Code.NOT_FOUND, ErrorReason.ROLLBACK_NOT_FOUND, e, name);
        } catch (RefusedException e) {
            throw error(code(e.refusal()), ErrorReason.valueOf(e.refusal().name()), e, e.about());
        }
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
