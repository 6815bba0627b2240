package dev.portcullis.analysis.grpc;

import com.google.rpc.Code;
import dev.portcullis.analysis.budget.UnknownBudgetException;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.run.AnalysisNotFoundException;
import dev.portcullis.analysis.run.RequestReusedException;
import dev.portcullis.analysis.run.UnknownPositionException;
import dev.portcullis.analysis.run.UnknownServiceException;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Exceptions of the domain as errors of the contract. Thread-safe. */
final class DomainErrors {
    private final DeletedRecords deleted;

    DomainErrors(DeletedRecords deleted) {
        this.deleted = deleted;
    }

    /** Calls a use case, and answers its exceptions as errors with reason and metadata. */
    <T> T mapped(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnknownServiceException e) {
            throw RpcErrors.error(
                    Code.NOT_FOUND, ErrorReason.UNKNOWN_SERVICE, message(e), Map.of("service", e.service()));
        } catch (UnknownBudgetException e) {
            throw RpcErrors.error(
                    Code.NOT_FOUND, ErrorReason.UNKNOWN_SERVICE, message(e), Map.of("service", e.service()));
        } catch (AnalysisNotFoundException e) {
            throw notFound(e.id());
        } catch (RequestReusedException e) {
            throw RpcErrors.error(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.REQUEST_ID_REUSED,
                    message(e),
                    Map.of("request_id", e.requestId().toString()));
        } catch (UnreadableRecordException e) {
            throw RpcErrors.unreadableRecord(message(e));
        } catch (UnknownPositionException e) {
            throw RequestFields.invalid(
                    "position", "was not given by this database; leave it out, and forget what was told before");
        } catch (InvalidPlanException e) {
            // Its message begins with the field, which the error says by itself.
            throw RequestFields.invalid(
                    e.field(), message(e).substring(e.field().length()).strip());
        }
    }

    private StatusRuntimeException notFound(UUID id) {
        var name = AnalysisMapper.name(id);
        return deleted.find(id)
                .map(known -> known.error(ErrorReason.RECORD_EXPIRED, "analysis", name))
                .orElseGet(() -> RpcErrors.error(
                        Code.NOT_FOUND, ErrorReason.ANALYSIS_NOT_FOUND, "no analysis " + name, Map.of("name", name)));
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
