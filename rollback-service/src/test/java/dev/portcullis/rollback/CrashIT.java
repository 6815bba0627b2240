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
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service process killed by kill -9 at a known point and started again: the rollback ends, and ends once. One process is killed with the rollbacks of all tests
 * in its hands, each of a service of its own, and one goes on with all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final DatabaseSettings database = TestDatabase.fresh();
    private final CountDownLatch killed = new CountDownLatch(1);
    private final List<CrashCase> courses = new ArrayList<>();
    private final CrashCase firstLook = new CrashCase("first-look");
    private final CrashCase beforeEffect = new CrashCase("before-effect");
    private final CrashCase afterEffect = new CrashCase("after-effect");
    private final CrashCase beforeNote = new CrashCase("before-note");
    private final CrashCase confirming = new CrashCase("confirming");
    private final CrashCase unscheduled = new CrashCase("unscheduled");
    private RollbackProcess second;
    private RunningRollbacks caller;

    /** A rollback, its service's webhook, and the point it is led to. */
    private final class CrashCase {
        final String service;
        final TrafficSwitch webhook = new TrafficSwitch();
        final CountDownLatch reached = new CountDownLatch(1);

        CrashCase(String service) {
            this.service = service;
            courses.add(this);
        }

        /** An answer held back until the process is dead. */
        Function<Request, Response> held(Function<Request, Response> answer) {
            return request -> {
                reached.countDown();
                await(killed);
                return answer.apply(request);
            };
        }

        /** With nothing in its way, and then with what the test has laid out. */
        RollbackPreparation prepared(RunningRollbacks by) {
            var laidOut = webhook.onLook;
            webhook.onLook = webhook::look;
            var prepared = by.stub.prepareRollback(RunningRollbacks.request(service));
            webhook.onLook = laidOut;
            return prepared;
        }

        Rollback ended() {
            var all = caller.stub.listRollbacks(
                    ListRollbacksRequest.newBuilder().setService(service).build());
            assertEquals(1, all.getRollbacksCount());
            var ended = caller.awaitEnd(all.getRollbacks(0).getName());
            assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
            assertEquals(1, webhook.effects());
            assertEquals(1, webhook.keys().size());
            return ended;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "point not reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeAll
    void killAndStartAgain(@TempDir Path folder, @TempDir Path logs) throws Exception {
        courses.forEach(
                crashCase -> new PolicyFolder(folder).write(crashCase.service, crashCase.webhook, ", timeout: 1m"));
        try (var row = connect();
                var tasks = connect()) {
            layOut(row);
            try (var first = RollbackProcess.start(database, folder, logs.resolve("first.log"));
                    var by = new RunningRollbacks(first.port())) {
                for (var crashCase : List.of(firstLook, beforeEffect, afterEffect, beforeNote, confirming)) {
                    by.start(crashCase.prepared(by));
                    await(crashCase.reached);
                }
                awaitBlocked("with life as%update rollback set state%");
                killBeforeItSchedules(first, by, tasks);
            }
            row.rollback();
            tasks.rollback();
        }
        courses.forEach(crashCase -> {
            crashCase.webhook.onReturn = crashCase.webhook::apply;
            crashCase.webhook.onLook = crashCase.webhook::look;
        });
        killed.countDown();
        second = RollbackProcess.start(database, folder, logs.resolve("second.log"));
        caller = new RunningRollbacks(second.port());
    }

    private void layOut(Connection row) {
        firstLook.webhook.onLook = firstLook.held(firstLook.webhook::look);
        beforeEffect.webhook.onReturn = beforeEffect.held(request -> Response.text(500, "never arrives"));
        var lost = afterEffect.held(request -> Response.text(500, "never arrives"));
        afterEffect.webhook.onReturn = request -> {
            afterEffect.webhook.apply(request);
            return lost.apply(request);
        };
        beforeNote.webhook.onReturn = request -> {
            execute(row, "select * from rollback.rollback where service = 'before-note' for update");
            beforeNote.reached.countDown();
            return beforeNote.webhook.apply(request);
        };
        var held = confirming.held(confirming.webhook::look);
        confirming.webhook.onLook = request ->
                confirming.webhook.posts().isEmpty() ? confirming.webhook.look(request) : held.apply(request);
    }

    /** Last, since nothing is scheduled from the lock on. */
    private void killBeforeItSchedules(RollbackProcess first, RunningRollbacks by, Connection tasks) throws Exception {
        var prepared = unscheduled.prepared(by);
        execute(tasks, "lock table rollback.scheduled_tasks in exclusive mode");
        var call = Thread.ofVirtual().start(() -> {
            try {
                by.start(prepared);
            } catch (StatusRuntimeException e) {
                assertEquals(io.grpc.Status.Code.UNAVAILABLE, e.getStatus().getCode());
            }
        });
        awaitBlocked("insert into scheduled_tasks%");
        first.kill();
        call.join();
    }

    @AfterAll
    void close() {
        killed.countDown();
        caller.close();
        second.close();
        courses.forEach(crashCase -> crashCase.webhook.close());
    }

    @Test
    void beforeTheFirstLookIsAnswered() {
        var ended = firstLook.ended();
        assertEquals(1, firstLook.webhook.posts().size());
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void duringTheCallBeforeItHasAnEffect() {
        var ended = beforeEffect.ended();
        assertEquals(2, beforeEffect.webhook.posts().size());
        assertEquals(2, ended.getSteps(0).getAttempts());
    }

    @Test
    void duringTheCallAfterItHadItsEffect() {
        var ended = afterEffect.ended();
        assertEquals(1, afterEffect.webhook.posts().size(), "looked at first, and not repeated");
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void afterTheCallWasAnsweredAndBeforeThatIsWrittenDown() {
        var ended = beforeNote.ended();
        assertEquals(1, beforeNote.webhook.posts().size(), "looked at first, and not repeated");
        assertEquals(1, ended.getSteps(0).getAttempts());
    }

    @Test
    void whileTheTrafficIsLookedFor() {
        confirming.ended();
        assertEquals(1, confirming.webhook.posts().size());
    }

    @Test
    void betweenWritingARollbackDownAndSchedulingIt() {
        unscheduled.ended();
        assertEquals(1, unscheduled.webhook.posts().size());
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) {
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
