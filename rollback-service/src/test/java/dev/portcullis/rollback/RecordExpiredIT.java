package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.OldRecords;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as it runs deletes old rollbacks and says so, also to whoever comes with their token again. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecordExpiredIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void aRollbackThatWasDeletedIsToldFromOneThatNeverWas() throws Exception {
        var database = TestDatabase.fresh();
        try (var webhook = new TrafficSwitch()) {
            new PolicyFolder(folder).write("checkout", webhook, "");
            try (var service = RunningRollbacks.launch(database, folder);
                    var caller = new RunningRollbacks(service.grpcPort())) {
                var prepared = caller.stub.prepareRollback(RunningRollbacks.request("checkout"));
                var name = caller.start(prepared).getName();
                assertEquals(Rollback.State.SUCCEEDED, caller.awaitEnd(name).getState());
                OldRecords.age(database, "rollback.rollback", 14);
                OldRecords.deleteNow(database, "rollback");

                var error = Await.value("the deletion", LIMIT, () -> gone(caller, name));
                assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
                assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(error));
                assertTrue(
                        error.getStatus().getDescription().endsWith(", after it had been kept for 13 months"),
                        error.getMessage());
                var again = assertThrows(StatusRuntimeException.class, () -> caller.start(prepared));
                assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(again));
                var order = OrderRollbackRequest.newBuilder()
                        .setRequestId(prepared.getToken())
                        .setPreparation(RunningRollbacks.request("checkout"))
                        .build();
                var ordered = assertThrows(StatusRuntimeException.class, () -> caller.stub.orderRollback(order));
                assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(ordered));
                assertEquals(
                        Optional.of("ROLLBACK_NOT_FOUND"),
                        gone(caller, "rollbacks/" + UUID.randomUUID()).flatMap(RpcErrors::reason));
            }
        }
    }

    private static Optional<StatusRuntimeException> gone(RunningRollbacks caller, String name) {
        try {
            caller.get(name);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(e);
        }
    }
}
