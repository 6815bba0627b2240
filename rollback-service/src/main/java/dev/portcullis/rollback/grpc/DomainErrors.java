package dev.portcullis.rollback.grpc;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.rollback.rollback.NoRollbackTargetException;
import dev.portcullis.rollback.rollback.RequestIdReusedException;
import dev.portcullis.rollback.rollback.RollbackInProgressException;
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
        } catch (RequestIdReusedException e) {
            var id = Map.of("request_id", e.requestId().toString());
            throw error(Code.INVALID_ARGUMENT, ErrorReason.REQUEST_ID_REUSED, e, id);
        } catch (NoRollbackTargetException e) {
            var service = Map.of("service", e.service());
            throw error(Code.FAILED_PRECONDITION, ErrorReason.NO_ROLLBACK_TARGET, e, service);
        } catch (RollbackInProgressException e) {
            var active = Map.of(
                    "service",
                    e.active().order().service(),
                    "rollback",
                    e.active().name());
            throw error(Code.FAILED_PRECONDITION, ErrorReason.ROLLBACK_IN_PROGRESS, e, active);
        }
    }

    private static StatusRuntimeException error(
            Code code, ErrorReason reason, RuntimeException fault, Map<String, String> metadata) {
        return RpcErrors.error(code, reason, String.valueOf(fault.getMessage()), metadata);
    }
}
