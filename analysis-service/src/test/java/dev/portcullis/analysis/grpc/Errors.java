package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.function.Executable;

/** Expectations of errors. */
final class Errors {
    private Errors() {}

    /** The call fails with this code and reason; answers the ErrorInfo. */
    static ErrorInfo expect(Status.Code code, ErrorReason reason, Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(code, error.getStatus().getCode(), error.getMessage());
        var info = info(error);
        assertEquals(reason.name(), info.getReason());
        assertEquals("portcullis.dev", info.getDomain());
        return info;
    }

    /** The call fails with INVALID_FIELD naming the field in message, metadata and BadRequest; answers the message. */
    static String expectInvalid(String field, Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertEquals(ErrorReason.INVALID_FIELD.name(), info(error).getReason());
        assertEquals(field, info(error).getMetadataOrThrow("field"), error.getMessage());
        assertEquals(field, badRequest(error).getFieldViolations(0).getField());
        var message = String.valueOf(error.getStatus().getDescription());
        assertTrue(message.startsWith(field + ": "), message);
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private static ErrorInfo info(StatusRuntimeException error) {
        return detail(error, ErrorInfo.class);
    }

    private static BadRequest badRequest(StatusRuntimeException error) {
        return detail(error, BadRequest.class);
    }

    private static <T extends Message> T detail(StatusRuntimeException error, Class<T> type) {
        var details = StatusProto.fromThrowable(error).getDetailsList().stream()
                .filter(any -> any.is(type))
                .toList();
        assertEquals(1, details.size(), "exactly one " + type.getSimpleName());
        try {
            return details.getFirst().unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
