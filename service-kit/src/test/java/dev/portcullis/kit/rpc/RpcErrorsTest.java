package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RpcErrorsTest {
    private enum Reason {
        THING_NOT_FOUND
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
    }

    @Test
    void anInvalidFieldIsNamedForPeopleAndPrograms() throws Exception {
        var error = RpcErrors.invalidField("alpha", "0.7 is not in (0, 0.5)");
        assertEquals("alpha: 0.7 is not in (0, 0.5)", error.getStatus().getDescription());
        var violation = StatusProto.fromThrowable(error).getDetails(1).unpack(BadRequest.class);
        assertEquals("alpha", violation.getFieldViolations(0).getField());
    }

    @Test
    void anErrorOfTheWayHasNoReason() {
        assertEquals(Optional.empty(), RpcErrors.reason(Status.UNAVAILABLE.asRuntimeException()));
    }
}
