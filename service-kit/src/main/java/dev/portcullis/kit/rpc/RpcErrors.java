package dev.portcullis.kit.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.portcullis.kit.text.PlainText;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The one error model: a canonical code, a one-line message, exactly one {@code google.rpc.ErrorInfo} (domain "portcullis.dev"), and for invalid fields a
 * {@code google.rpc.BadRequest}. However long a text is that a caller sent, the error that quotes it fits into the 8 KiB of trailers that gRPC clients take. Thread-safe.
 */
public final class RpcErrors {
    /** Domain of every ErrorInfo. */
    public static final String DOMAIN = "portcullis.dev";

    /** The reason of an invalid field, a value of every package's ErrorReason. */
    static final String INVALID_FIELD = "INVALID_FIELD";

    /** In UTF-8, where the header of a message has three for each that is not ASCII, and the details have the message again. */
    private static final int MESSAGE_BYTES = 1_000;

    private static final int METADATA_BYTES = 300;

    private RpcErrors() {}

    /**
     * An error as the server throws it.
     *
     * @param reason a value of the package's ErrorReason; its name goes on the wire
     * @param metadata what a program may want of the message, e.g. the resource name
     */
    public static StatusRuntimeException error(
            Code code, Enum<?> reason, String message, Map<String, String> metadata) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason.name(), message, metadata).build());
    }

    /** INVALID_ARGUMENT for one field; the message sent is "field: fault". */
    public static StatusRuntimeException invalidField(String field, String fault) {
        var violation = BadRequest.newBuilder()
                .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                        .setField(PlainText.line(field, METADATA_BYTES))
                        .setDescription(PlainText.line(fault, MESSAGE_BYTES)));
        return StatusProto.toStatusRuntimeException(
                status(Code.INVALID_ARGUMENT, INVALID_FIELD, field + ": " + fault, Map.of("field", field))
                        .addDetails(Any.pack(violation.build()))
                        .build());
    }

    /** DATA_LOSS for a stored record that cannot be read; {@code why} names it and says what it lacks. */
    public static StatusRuntimeException unreadableRecord(String why) {
        return error(Code.DATA_LOSS, "RECORD_UNREADABLE", why);
    }

    /** An error that no method has thrown, for its request never came to one. */
    static StatusRuntimeException error(Code code, String reason, String message) {
        return StatusProto.toStatusRuntimeException(
                status(code, reason, message, Map.of()).build());
    }

    /** The same for what may be tried again after some time, as its {@code google.rpc.RetryInfo} says. */
    static StatusRuntimeException error(Code code, String reason, String message, Duration retryAfter) {
        var retry = RetryInfo.newBuilder().setRetryDelay(ProtoTimes.duration(retryAfter));
        return StatusProto.toStatusRuntimeException(status(code, reason, message, Map.of())
                .addDetails(Any.pack(retry.build()))
                .build());
    }

    /** Ends a call that no method answers. */
    static void end(ServerCall<?, ?> call, StatusRuntimeException error) {
        call.close(error.getStatus(), Optional.ofNullable(error.getTrailers()).orElseGet(Metadata::new));
    }

    private static Status.Builder status(Code code, String reason, String message, Map<String, String> metadata) {
        var info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN);
        metadata.forEach((key, value) -> info.putMetadata(key, PlainText.line(value, METADATA_BYTES)));
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(PlainText.line(message, MESSAGE_BYTES))
                .addDetails(Any.pack(info.build()));
    }

    /** The ErrorInfo reason of a received error; empty when there is none, as for errors of the way and not of the server. */
    public static Optional<String> reason(StatusRuntimeException error) {
        var status = StatusProto.fromThrowable(error);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .map(RpcErrors::reasonOf);
    }

    /** Whether a received error has a reason, a value of its package's ErrorReason. */
    public static boolean hasReason(StatusRuntimeException error, Enum<?> reason) {
        return reason(error).filter(reason.name()::equals).isPresent();
    }

    private static String reasonOf(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an ErrorInfo that cannot be read: " + e.getMessage(), e);
        }
    }
}
