package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.rollback.target.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A service process killed by kill -9 at a known point and started again: the rollback ends, and ends once. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class CrashIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private final DatabaseSettings database = TestDatabase.fresh();
    private final TrafficSwitch webhook = new TrafficSwitch();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);

    @BeforeEach
    void configure() {
        new PolicyFolder(folder).write("checkout", webhook, "");
    }

    @AfterEach
    void close() {
        killed.countDown();
        webhook.close();
    }

    /** An answer held back until the process is dead. */
    private Function<Request, Response> held(Function<Request, Response> answer) {
        return request -> {
            reached.countDown();
            await(killed);
            return answer.apply(request);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS), "point not reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RollbackProcess process(String log) {
        return RollbackProcess.start(database, folder, logs.resolve(log));
    }

    /** Prepares a rollback with nothing in its way, and starts it with what the test has laid out. */
    private void begin(RunningRollbacks caller) {
        caller.start(prepared(caller));
    }

    private RollbackPreparation prepared(RunningRollbacks caller) {
        var laidOut = webhook.onLook;
        webhook.onLook = webhook::look;
        var prepared = caller.stub.prepareRollback(RunningRollbacks.request("checkout"));
        webhook.onLook = laidOut;
        return prepared;
    }

    /** Starts a rollback, kills the service at the point, puts the webhook in order and starts the service again. */
    private Rollback killedAtThePoint() {
        try (var process = process("first.log");
                var caller = new RunningRollbacks(process.port())) {
            begin(caller);
            await(reached);
            process.kill();
        }
        webhook.onReturn = webhook::apply;
        webhook.onLook = webhook::look;
        killed.countDown();
        return afterRestart();
    }

    private Rollback afterRestart() {
        try (var process = process("second.log");
                var caller = new RunningRollbacks(process.port())) {
            var all = caller.stub.listRollbacks(ListRollbacksRequest.getDefaultInstance());
            assertEquals(1, all.getRollbacksCount());
            var ended = caller.awaitEnd(all.getRollbacks(0).getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertEquals(1, webhook.effects());
            assertEquals(1, webhook.keys().size());
            return ended;
        }
    }

    @Test
    void beforeTheFirstLookIsAnswered() {
        webhook.onLook = held(webhook::look);
        var ended = killedAtThePoint();
        assertEquals(1, webhook.posts().size());
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void duringTheCallBeforeItHasAnEffect() {
        webhook.onReturn = held(request -> Response.text(500, "never arrives"));
        var ended = killedAtThePoint();
        assertEquals(2, webhook.posts().size());
        assertEquals(2, ended.getSteps(0).getAttempts());
    }

    @Test
    void duringTheCallAfterItHadItsEffect() {
        var held = held(request -> Response.text(500, "never arrives"));
        webhook.onReturn = request -> {
            webhook.apply(request);
            return held.apply(request);
        };
        var ended = killedAtThePoint();
        assertEquals(1, webhook.posts().size(), "looked at first, and not repeated");
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void afterTheCallWasAnsweredAndBeforeThatIsWrittenDown() throws Exception {
        try (var connection = connect()) {
            webhook.onReturn = request -> {
                lock(connection, "select * from rollback.rollback for update");
                return webhook.apply(request);
            };
            try (var process = process("first.log");
                    var caller = new RunningRollbacks(process.port())) {
                begin(caller);
                awaitBlocked("update rollback set state%");
                process.kill();
            }
            connection.rollback();
        }
        var ended = afterRestart();
        assertEquals(1, webhook.posts().size(), "looked at first, and not repeated");
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void whileTheTrafficIsLookedFor() {
        var held = held(webhook::look);
        webhook.onLook = request -> webhook.posts().isEmpty() ? webhook.look(request) : held.apply(request);
        killedAtThePoint();
        assertEquals(1, webhook.posts().size());
    }

    @Test
    void betweenWritingARollbackDownAndSchedulingIt() throws Exception {
        try (var process = process("first.log");
                var caller = new RunningRollbacks(process.port());
                var connection = connect()) {
            var prepared = prepared(caller);
            lock(connection, "lock table rollback.scheduled_tasks in exclusive mode");
            var call = Thread.ofVirtual().start(() -> {
                try {
                    caller.start(prepared);
                } catch (StatusRuntimeException e) {
                    assertEquals(io.grpc.Status.Code.UNAVAILABLE, e.getStatus().getCode());
                }
            });
            awaitBlocked("insert into scheduled_tasks%");
            process.kill();
            call.join();
            connection.rollback();
        }
        afterRestart();
        assertEquals(1, webhook.posts().size());
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private static void lock(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a statement of the service waits for a lock. */
    private void awaitBlocked(String query) throws SQLException {
        var sql = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                + " and lower(query) like ?";
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, query);
            Await.until("a blocked " + query, LIMIT, () -> {
                try (var rows = statement.executeQuery()) {
                    return rows.next();
                } finally {
                    connection.rollback();
                }
            });
        }
    }
}
