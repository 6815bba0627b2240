package dev.portcullis.analysis.schedule;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.analysis.usecase.AdvanceAnalyses;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.schedule.DurableTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** One durable task, run by one replica at a time, that polls the due analyses twice a second; beside it runs the one that deletes old ones. */
public final class PollTask implements BackgroundWork {
    private static final Duration EVERY = Duration.ofMillis(400);
    /** A reading of many analyses takes some seconds at most. */
    private static final long STOP_WAIT_SECONDS = 8;

    private final DurableTasks tasks;
    private final ExecutorService polls;

    /**
     * Not started yet.
     *
     * @param polls where {@code advance} polls; ended with the ticks
     * @param retention deletes what has been kept long enough
     */
    public PollTask(Database database, AdvanceAnalyses advance, ExecutorService polls, CustomTask<Void> retention) {
        this.polls = polls;
        this.tasks = new DurableTasks(database, List.of(), List.of(tick(advance), retention));
    }

    private static RecurringTask<Void> tick(AdvanceAnalyses advance) {
        return Tasks.recurring("advance-analyses", FixedDelay.of(EVERY)).execute((instance, context) -> {
            try {
                advance.tick();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void start() {
        tasks.start();
    }

    @Override
    public void stop() {
        tasks.stop();
        polls.shutdown();
        try {
            if (!polls.awaitTermination(STOP_WAIT_SECONDS, TimeUnit.SECONDS)) {
                polls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            polls.shutdownNow();
        }
    }
}
