package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class AnswersTest {
    @Test
    void whatTheDatabaseRefusesIsUnavailableAndTellsNoStatement() throws Exception {
        var refusal =
                new SQLException("ERROR: could not extend file: No space left on device\n  Where: a row", "53100");
        var error = Answers.asStatus(new IllegalStateException("insert into secrets values ('x')", refusal));
        assertEquals(Status.Code.UNAVAILABLE, error.getStatus().getCode());
        assertEquals("STORE_UNAVAILABLE", reason(error));
        assertEquals(
                "the service's database refuses: ERROR: could not extend file: No space left on device (SQLSTATE 53100); try again",
                error.getStatus().getDescription());
    }

    @Test
    void aFaultOfOursIsInternalAndToldWithoutItsText() throws Exception {
        var error = Answers.asStatus(new IllegalStateException("a secret"));
        assertEquals(Status.Code.INTERNAL, error.getStatus().getCode());
        assertEquals("INTERNAL", reason(error));
        assertFalse(String.valueOf(error.getStatus().getDescription()).contains("a secret"));
    }

    @Test
    void aValueThatDoesNotFitIsAFaultOfOurs() throws Exception {
        var error = Answers.asStatus(new IllegalStateException(new SQLException("duplicate key", "23505")));
        assertEquals("INTERNAL", reason(error));
    }

    private static String reason(StatusRuntimeException error) throws Exception {
        var status = StatusProto.fromThrowable(error);
        return status.getDetails(0).unpack(ErrorInfo.class).getReason();
    }
}
