package dev.portcullis.kit.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The durable work of one service: tasks kept in its schema, each run by one replica at a time, taken over within seconds when that replica dies. A task scheduled
 * for now begins at once, on the replica that scheduled it if that has a thread left.
 *
 * <p>A task may run twice (a process can die after the effect and before the note of it): tasks observe before they act. Thread-safe.
 */
public final class DurableTasks implements BackgroundWork {
    private static final Duration POLL = Duration.ofMillis(200);
    /** A dead replica's task is taken over after four missed heartbeats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final int MISSED_HEARTBEATS = 4;
    /** Tasks that run at the same time when nothing else is said. */
    static final int THREADS = 16;

    /** More is looked for when fewer tasks than this part of the threads are under way or wait for one. */
    private static final double REFILL = 0.5;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Scheduler scheduler;

    /**
     * @param tasks tasks that are scheduled one by one
     * @param recurring tasks that run for ever, begun at the first start
     */
    public <T extends Task<?> & OnStartup> DurableTasks(Database database, List<Task<?>> tasks, List<T> recurring) {
        this(database, tasks, recurring, THREADS);
    }

    /**
     * @param tasks tasks that are scheduled one by one
     * @param recurring tasks that run for ever, begun at the first start
     * @param atOnce tasks that run at the same time. Above the default they should be such as mostly wait for somebody outside, and take
     *     their connections by {@link Database#background(int)}
     */
    public <T extends Task<?> & OnStartup> DurableTasks(
            Database database, List<Task<?>> tasks, List<T> recurring, int atOnce) {
        this(database, tasks, recurring, atOnce, POLL);
    }

    /** @param poll time between two looks for tasks that have become due */
    <T extends Task<?> & OnStartup> DurableTasks(
            Database database, List<Task<?>> tasks, List<T> recurring, int atOnce, Duration poll) {
        this.scheduler = Scheduler.create(database.untraced(), tasks)
                .startTasks(recurring)
                .pollingInterval(poll)
                // All that are due are taken by one statement, as many as there are threads for; the rest is for other
                // replicas, or waits.
                .pollUsingLockAndFetch(REFILL, 1)
                // Only a hint after the task is stored: should it be missed, the next look finds the task.
                .enableImmediateExecution()
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .threads(atOnce)
                .executorService(
                        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory()))
                .shutdownMaxWait(STOP_WAIT)
                .build();
    }

    /** Schedules and looks up tasks. */
    public SchedulerClient client() {
        return scheduler;
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void stop() {
        scheduler.stop();
    }
}
