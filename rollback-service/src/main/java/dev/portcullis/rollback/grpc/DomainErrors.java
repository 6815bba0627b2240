package dev.portcullis.rollback.grpc;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.rollback.rollback.NoRollbackTargetException;
import dev.portcullis.rollback.rollback.RequestIdReusedException;
import dev.portcullis.rollback.rollback.RollbackInProgressException;
import dev.portcullis.rollback.rollback.UnknownRollbackException;
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
            throw RpcErrors.error(Code.NOT_FOUND, ErrorReason.ROLLBACK_NOT_FOUND, e.getMessage(), name);
        } catch (RequestIdReusedException e) {
            var id = Map.of("request_id", e.requestId().toString());
            throw RpcErrors.error(Code.INVALID_ARGUMENT, ErrorReason.REQUEST_ID_REUSED, e.getMessage(), id);
        } catch (NoRollbackTargetException e) {
            var service = Map.of("service", e.service());
            throw RpcErrors.error(Code.FAILED_PRECONDITION, ErrorReason.NO_ROLLBACK_TARGET, e.getMessage(), service);
        } catch (RollbackInProgressException e) {
            var active = Map.of(
                    "service",
                    e.active().order().service(),
                    "rollback",
                    e.active().name());
            throw RpcErrors.error(Code.FAILED_PRECONDITION, ErrorReason.ROLLBACK_IN_PROGRESS, e.getMessage(), active);
        }
    }
}
