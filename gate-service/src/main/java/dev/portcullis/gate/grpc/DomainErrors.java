package dev.portcullis.gate.grpc;

import com.google.rpc.Code;
import dev.portcullis.gate.access.TokenNotFoundException;
import dev.portcullis.gate.access.TooManyTokensException;
import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.hold.HoldEndedException;
import dev.portcullis.gate.hold.HoldNotFoundException;
import dev.portcullis.gate.hold.TooManyHoldsException;
import dev.portcullis.gate.release.ApprovalNotFoundException;
import dev.portcullis.gate.release.DecisionNotFoundException;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.NotPromotableException;
import dev.portcullis.gate.release.NotRetriableException;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseFailedException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.gate.release.SecondPersonMissingException;
import dev.portcullis.gate.release.SelfApprovalException;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The domain's exceptions as errors of the wire. Thread-safe. */
final class DomainErrors {
    private final DeletedRecords deleted;

    DomainErrors(DeletedRecords deleted) {
        this.deleted = deleted;
    }

    <T> T mapped(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidFieldException e) {
            throw RpcErrors.invalidField(fieldOfMessage(e.field()), e.fault());
        } catch (ReleaseNotFoundException e) {
            throw expired(ResourceName.ofRelease(e.name()), "release", e.name())
                    .orElseGet(() -> notFound(ErrorReason.RELEASE_NOT_FOUND, e, e.name()));
        } catch (DecisionNotFoundException e) {
            throw expired(ResourceName.ofDecision(e.name()), "the release of decision", e.name())
                    .orElseGet(() -> notFound(ErrorReason.DECISION_NOT_FOUND, e, e.name()));
        } catch (ReleaseEndedException e) {
            var metadata = Map.of("name", e.name(), "state", e.state().name());
            throw failed(ErrorReason.RELEASE_ENDED, e, metadata);
        } catch (SelfApprovalException e) {
            throw failed(ErrorReason.APPROVER_IS_AUTHOR, e, Map.of("name", e.name(), "author", e.author()));
        } catch (ReleaseFailedException e) {
            throw failed(ErrorReason.RELEASE_FAILED, e, Map.of("name", e.name()));
        } catch (SecondPersonMissingException e) {
            throw failed(ErrorReason.SECOND_PERSON_MISSING, e, Map.of("name", e.name(), "decision", e.decision()));
        } catch (NotPromotableException e) {
            throw failed(ErrorReason.RELEASE_NOT_PROMOTABLE, e, Map.of("name", e.name()));
        } catch (ApprovalNotFoundException e) {
            throw notFound(ErrorReason.APPROVAL_NOT_FOUND, e, e.name());
        } catch (NotRetriableException e) {
            throw failed(ErrorReason.RELEASE_NOT_RETRIABLE, e, Map.of("name", e.name()));
        } catch (TokenNotFoundException e) {
            throw notFound(ErrorReason.TOKEN_NOT_FOUND, e, e.name());
        } catch (TooManyTokensException e) {
            throw failed(ErrorReason.TOO_MANY_TOKENS, e, Map.of("holder", e.holder()));
        } catch (HoldNotFoundException e) {
            throw notFound(ErrorReason.HOLD_NOT_FOUND, e, e.name());
        } catch (HoldEndedException e) {
            var metadata = Map.of("name", e.name(), "end_time", e.time().toString(), "ender", e.ender());
            throw failed(ErrorReason.HOLD_ENDED, e, metadata);
        } catch (TooManyHoldsException e) {
            throw failed(ErrorReason.TOO_MANY_HOLDS, e, Map.of());
        } catch (LogDamageException e) {
            throw RpcErrors.error(
                    Code.DATA_LOSS, ErrorReason.AUDIT_LOG_DAMAGED, String.valueOf(e.getMessage()), Map.of());
        } catch (AnalysisUnavailableException e) {
            throw RpcErrors.error(
                    Code.UNAVAILABLE,
                    DecisionReason.ANALYSIS_UNAVAILABLE,
                    "analysis-service could not be asked (" + e.getMessage() + "); try again",
                    Map.of());
        } catch (StoreUnavailableException e) {
            throw RpcErrors.error(
                    Code.UNAVAILABLE,
                    DecisionReason.STORE_UNAVAILABLE,
                    e.getMessage() + "; nothing was changed, try again",
                    Map.of());
        }
    }

    /** JSON writes dryRun where messages have dry_run. A path such as rules[0].minimumBake is one within a text. */
    private static String fieldOfMessage(String field) {
        return field.contains("[") ? field : field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private Optional<StatusRuntimeException> expired(Optional<ResourceName> named, String kind, String name) {
        return named.flatMap(known -> deleted.find(known.release()))
                .map(known -> known.error(ErrorReason.RECORD_EXPIRED, kind, name));
    }

    private static StatusRuntimeException failed(ErrorReason reason, RuntimeException e, Map<String, String> metadata) {
        return RpcErrors.error(Code.FAILED_PRECONDITION, reason, String.valueOf(e.getMessage()), metadata);
    }

    private static StatusRuntimeException notFound(ErrorReason reason, RuntimeException e, String name) {
        return RpcErrors.error(Code.NOT_FOUND, reason, String.valueOf(e.getMessage()), Map.of("name", name));
    }
}
