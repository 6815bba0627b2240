package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A rollback whose plan cannot be read is not worked on, is asked for seldom, and goes on when it can be read. */
final class UnreadableRollbackIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RENAMED = "replace(plan::text, '\"retryFor\":', '\"retry\":')::jsonb";
    private static final String MENDED = "replace(plan::text, '\"retry\":', '\"retryFor\":')::jsonb";
    private static final String NEWER = "jsonb_set(plan, '{version}', '3')";

    @TempDir
    Path folder;

    private final TrafficSwitch webhook = new TrafficSwitch();
    private RunningService service;
    private RunningRollbacks caller;

    @BeforeEach
    void open() {
        new PolicyFolder(folder).write("checkout", webhook, "");
        service = RunningRollbacks.launch(TestDatabase.fresh(), folder);
        caller = new RunningRollbacks(service.grpcPort());
    }

    @AfterEach
    void close() {
        caller.close();
        service.close();
        webhook.close();
    }

    /** The name of a rollback that is told to its webhook in vain. */
    private String underWay() {
        webhook.onReturn = request -> Response.text(503, "");
        var name = caller.start(RunningRollbacks.request("checkout")).getName();
        Await.until("a try", LIMIT, () -> !webhook.posts().isEmpty());
        return name;
    }

    private void plan(String value) {
        service.get(Database.class)
                .jdbi()
                .useHandle(handle -> assertEquals(1, handle.execute("update rollback set plan = " + value)));
    }

    private <T> T task(String column, Class<T> type) {
        var sql = "select " + column + " from scheduled_tasks where task_name = 'rollback-step'";
        return service.get(Database.class)
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    private boolean taskIs(String condition) {
        return task(condition, Boolean.class);
    }

    @Test
    void itIsAskedForAgainAfterAMinuteAndGoesOnWhenItIsMended() {
        var name = underWay();
        plan(RENAMED);
        Await.until("it is put off", LIMIT, () -> taskIs("not picked and execution_time > now() + interval '30 s'"));
        assertTrue(taskIs("coalesce(consecutive_failures, 0) = 0"), "no run of it failed");
        plan(MENDED);
        webhook.onReturn = webhook::apply;
        service.get(Database.class)
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update scheduled_tasks set execution_time = now() where task_name = 'rollback-step'"));
        assertEquals(State.SUCCEEDED, caller.awaitEnd(name).getState());
    }

    @Test
    void whoAsksForItIsToldSoAndNoOtherRollbackTakesItsPlace() {
        var name = underWay();
        plan(RENAMED);
        assertEquals("RECORD_UNREADABLE", refusal(() -> caller.get(name)));
        assertEquals(
                "RECORD_UNREADABLE", refusal(() -> caller.stub.prepareRollback(RunningRollbacks.request("checkout"))));
    }

    private static String refusal(Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.DATA_LOSS, error.getStatus().getCode());
        return RpcErrors.reason(error).orElse("");
    }

    @Test
    void oneOfANewerVersionIsAskedForSoonSinceAProcessOfThatVersionMayBeNext() {
        var name = underWay();
        plan(NEWER);
        var tries = webhook.posts().size();
        var before = task("version", Long.class);
        Await.until("it was asked for three times", LIMIT, () -> taskIs("version >= 6 + " + before));
        assertEquals(tries, webhook.posts().size());
        assertTrue(taskIs("coalesce(consecutive_failures, 0) = 0"), "no run of it failed");
        plan("jsonb_set(plan, '{version}', '2')");
        webhook.onReturn = webhook::apply;
        assertEquals(State.SUCCEEDED, caller.awaitEnd(name).getState());
    }
}
