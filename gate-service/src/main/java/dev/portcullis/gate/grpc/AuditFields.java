package dev.portcullis.gate.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import java.time.Instant;
import java.util.Optional;

/** The checked fields of a request for entries of the audit log. */
final class AuditFields {
    private AuditFields() {}

    static AuditFilter filter(ListAuditEntriesRequest request) {
        return new AuditFilter(
                RequestFields.optionalName("service", request.getService()),
                object(request.getObject()),
                action(request),
                RequestFields.optionalName("actor", request.getActor()),
                request.hasStartTime() ? Optional.of(time("start_time", request.getStartTime())) : Optional.empty(),
                request.hasEndTime() ? Optional.of(time("end_time", request.getEndTime())) : Optional.empty());
    }

    private static Optional<String> object(String object) {
        if (!object.isEmpty() && ResourceName.ofRelease(object).isEmpty()) {
            throw RequestFields.invalid(
                    "object", "is " + RequestName.shown(object) + "; legal: services/{service}/releases/{uuid}");
        }
        return Optional.of(object).filter(text -> !text.isEmpty());
    }

    private static Optional<AuditAction> action(ListAuditEntriesRequest request) {
        return switch (request.getAction()) {
            case AUDIT_ACTION_UNSPECIFIED -> Optional.empty();
            case UNRECOGNIZED ->
                throw RequestFields.invalid("action", "is " + request.getActionValue() + ", which is no AuditAction");
            default -> Optional.of(AuditAction.valueOf(request.getAction().name()));
        };
    }

    private static Instant time(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw RequestFields.invalid(
                    field,
                    "has " + time.getSeconds() + " seconds and " + time.getNanos()
                            + " nanos; legal: the years 1 to 9999");
        }
        return ProtoTimes.instant(time);
    }
}
