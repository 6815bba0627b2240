package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two replicas of the service on one PostgreSQL: what becomes of a rollback when the one that holds it dies or stands still. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class TakeoverIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private final DatabaseSettings database = TestDatabase.fresh();
    private final TrafficSwitch webhook = new TrafficSwitch();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private RollbackProcess one;
    private RollbackProcess other;

    @BeforeEach
    void start() {
        new PolicyFolder(folder).write("checkout", webhook, ", timeout: 1m");
        one = RollbackProcess.start(database, folder, logs.resolve("one.log"));
        other = RollbackProcess.start(database, folder, logs.resolve("other.log"));
        webhook.onReturn = this::firstCallHangs;
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        one.resume();
        other.resume();
        one.close();
        other.close();
        webhook.close();
    }

    /** The first call is neither carried out nor answered until the test says so. */
    private Response firstCallHangs(Request request) {
        if (told.getCount() == 0) {
            return webhook.apply(request);
        }
        told.countDown();
        await(mayAnswer);
        return Response.text(500, "too late");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A rollback whose call hangs in the hands of one of the two. */
    private String begun() {
        try (var caller = new RunningRollbacks(one.port())) {
            var name = caller.start(RunningRollbacks.request("checkout")).getName();
            await(told);
            return name;
        }
    }

    private RollbackProcess holder() {
        var holder = query("select holder from rollback.rollback");
        var first = holder.startsWith("process " + one.pid() + " ");
        assertTrue(first || holder.startsWith("process " + other.pid() + " "), holder);
        return first ? one : other;
    }

    private String query(String sql) {
        return Await.value(sql, LIMIT, () -> {
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var rows = connection.createStatement().executeQuery(sql)) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Rollback endBy(RollbackProcess survivor, String name) {
        try (var caller = new RunningRollbacks(survivor.port())) {
            return caller.awaitEnd(name);
        }
    }

    private static List<String> lines(Rollback rollback, RollbackProcess by) {
        var prefix = "rollback-service process " + by.pid() + " ";
        return rollback.getEventsList().stream()
                .filter(event -> event.getBy().startsWith(prefix))
                .map(RollbackEvent::getDetail)
                .toList();
    }

    @Test
    void theOtherTakesOverFromOneThatIsKilled() {
        var name = begun();
        var dead = holder();
        var survivor = dead == one ? other : one;
        var fence = Long.parseLong(query("select fence from rollback.rollback"));
        dead.kill();
        var killed = Instant.now();
        Await.until("the other's call", LIMIT, () -> webhook.posts().size() == 2);
        var took = Duration.between(killed, Instant.now());
        // The lease and four missed heartbeats, and room for a loaded machine.
        assertTrue(took.compareTo(Lease.LENGTH.plusSeconds(20)) < 0, took.toString());
        var ended = endBy(survivor, name);
        assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
        assertEquals(1, webhook.effects());
        assertEquals(1, webhook.keys().size());
        assertTrue(Long.parseLong(query("select fence from rollback.rollback")) > fence);
    }

    @Test
    void oneThatStoodStillIsFencedOffWhenItGoesOn() throws Exception {
        var name = begun();
        var paused = holder();
        var survivor = paused == one ? other : one;
        paused.pause();
        var ended = endBy(survivor, name);
        assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
        var written = lines(ended, paused);
        var fences = webhook.posts().stream()
                .map(post -> post.headers().get("fencing-token"))
                .toList();
        assertNotEquals(fences.getFirst(), fences.getLast());

        paused.resume();
        mayAnswer.countDown();
        var log = logs.resolve(paused == one ? "one.log" : "other.log");
        Await.until("the old holder to notice", LIMIT, () -> Files.readString(log)
                .contains("its lease has gone to somebody else"));
        var after = endBy(survivor, name);
        assertEquals(ended.getEventsList(), after.getEventsList());
        assertEquals(written, lines(after, paused), "the old holder wrote nothing more");
        assertEquals(State.SUCCEEDED, after.getState());
        assertEquals(2, webhook.posts().size());
        assertEquals(1, webhook.effects());
    }
}
