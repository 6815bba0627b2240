package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RpcErrorsTest {
    private enum Reason {
        THING_NOT_FOUND,
        THING_EXPIRED
    }

    @Test
    void anErrorCarriesCodeMessageAndExactlyOneErrorInfo() throws Exception {
        var error = RpcErrors.error(Code.NOT_FOUND, Reason.THING_NOT_FOUND, "no thing x", Map.of("name", "x"));
        assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
        assertEquals("no thing x", error.getStatus().getDescription());
        var details = StatusProto.fromThrowable(error).getDetailsList();
        assertEquals(1, details.size());
        var info = details.getFirst().unpack(ErrorInfo.class);
        assertEquals("THING_NOT_FOUND", info.getReason());
        assertEquals("portcullis.dev", info.getDomain());
        assertEquals(Map.of("name", "x"), info.getMetadataMap());
        assertEquals(Optional.of("THING_NOT_FOUND"), RpcErrors.reason(error));
        assertTrue(RpcErrors.hasReason(error, Reason.THING_NOT_FOUND));
        assertFalse(RpcErrors.hasReason(error, Reason.THING_EXPIRED));
    }

    @Test
    void anInvalidFieldIsNamedForPeopleAndPrograms() throws Exception {
        var error = RpcErrors.invalidField("alpha", "0.7 is not in (0, 0.5)");
        assertEquals("alpha: 0.7 is not in (0, 0.5)", error.getStatus().getDescription());
        var violation = StatusProto.fromThrowable(error).getDetails(1).unpack(BadRequest.class);
        assertEquals("alpha", violation.getFieldViolations(0).getField());
    }

    @Test
    void anErrorThatQuotesALongTextFitsIntoTheTrailersOfGrpc() {
        for (var text :
                List.of("x".repeat(8_000_000), "世".repeat(10_000), "\0".repeat(10_000), "\n\"%".repeat(4_000))) {
            var error = RpcErrors.invalidField(text, text);
            var told = String.valueOf(error.getStatus().getDescription());
            assertEquals(1, told.lines().count());
            assertTrue(told.endsWith("..."), told);
            assertTrue(size(error) < 8_000, () -> size(error) + " bytes");
            var other = RpcErrors.error(Code.NOT_FOUND, Reason.THING_NOT_FOUND, text, Map.of("a", text, "b", text));
            assertTrue(size(other) < 8_000, () -> size(other) + " bytes");
        }
    }

    /** As gRPC writes it: the message with each byte that is not printable ASCII as %xx, the details in base 64. */
    private static int size(StatusRuntimeException error) {
        var message = String.valueOf(error.getStatus().getDescription()).getBytes(StandardCharsets.UTF_8);
        var size = 0;
        for (var character : message) {
            size += character >= ' ' && character <= '~' && character != '%' ? 1 : 3;
        }
        return size + StatusProto.fromThrowable(error).getSerializedSize() * 4 / 3;
    }

    @Test
    void anErrorOfTheWayHasNoReason() {
        assertEquals(Optional.empty(), RpcErrors.reason(Status.UNAVAILABLE.asRuntimeException()));
    }
}
