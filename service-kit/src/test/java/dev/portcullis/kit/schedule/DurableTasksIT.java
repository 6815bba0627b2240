package dev.portcullis.kit.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DurableTasksIT {
    private static final TaskDescriptor<Void> STEP = TaskDescriptor.of("step");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** So long that a task which runs within the limit was not found by it. */
    private static final Duration NO_POLL = Duration.ofHours(1);

    private final Database database =
            Database.open(TestDatabase.fresh(), "kit", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        database.close();
    }

    /** A single hint may be missed, as on a machine that is busy elsewhere; nothing but hints brings any task to run here. */
    @Test
    void tasksScheduledForNowBeginWithoutWaitingForThePollAndSoDoTheirNextSteps() {
        var tasks = tasks(NO_POLL);
        tasks.start();
        try {
            var number = new AtomicInteger();
            Await.until("both steps of several tasks", LIMIT, () -> {
                var next = STEP.instance("task " + number.incrementAndGet()).build();
                tasks.client().scheduleIfNotExists(next, Instant.now());
                return runs.get() >= 8;
            });
        } finally {
            tasks.stop();
        }
    }

    @Test
    void aTaskThatAnotherProcessScheduledIsFoundByThePoll() {
        var stopped = tasks(NO_POLL);
        stopped.client().scheduleIfNotExists(STEP.instance("one").build(), Instant.now());
        var tasks = tasks(Duration.ofMillis(50));
        tasks.start();
        try {
            Await.until("two runs", LIMIT, () -> runs.get() == 2);
        } finally {
            tasks.stop();
        }
    }

    @Test
    void noMoreTasksRunAtTheSameTimeThanThereAreThreadsAndAllHaveTheirTurn() {
        var number = 4 * DurableTasks.THREADS;
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(DurableTasks.THREADS);
        var task = Tasks.oneTime(STEP).execute((instance, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            full.countDown();
            awaitFull(full);
            running.decrementAndGet();
            runs.incrementAndGet();
        });
        var tasks = new DurableTasks(database, List.of(task), List.of());
        tasks.start();
        try {
            for (var each = 0; each < number; each++) {
                tasks.client().scheduleIfNotExists(STEP.instance("task " + each).build(), Instant.now());
            }
            Await.until("all to have run", LIMIT, () -> runs.get() == number);
        } finally {
            tasks.stop();
        }
        assertEquals(DurableTasks.THREADS, most.get());
    }

    /** Holds the first ones until as many run as can, so that one more would show. */
    private static void awaitFull(CountDownLatch full) {
        try {
            if (!full.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("fewer tasks run than there are threads");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A task of two steps. */
    private DurableTasks tasks(Duration poll) {
        var task = Tasks.custom(STEP)
                .execute((instance, context) -> runs.incrementAndGet() % 2 == 1
                        ? (complete, operations) -> operations.reschedule(complete, complete.getTimeDone())
                        : new CompletionHandler.OnCompleteRemove<>());
        return new DurableTasks(database, List.of(task), List.of(), DurableTasks.THREADS, poll);
    }
}
