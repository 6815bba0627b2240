package dev.portcullis.analysis.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.usecase.AdvanceAnalyses;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.schedule.DurableTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One durable task per shard, run by one replica at a time, that polls the shard's due analyses twice a second. */
public final class AnalysisTicks implements BackgroundWork {
    private static final Duration EVERY = Duration.ofMillis(400);
    /** A reading takes two seconds at most. */
    private static final long STOP_WAIT_SECONDS = 4;

    private final DurableTasks tasks;
    private final ExecutorService polls;

    /** @param polls where {@code advance} polls; ended with the ticks */
    public AnalysisTicks(Database database, AdvanceAnalyses advance, ExecutorService polls) {
        this.polls = polls;
        var shards = IntStream.range(0, AnalysisRun.SHARDS)
                .<RecurringTask<?>>mapToObj(shard -> tick(advance, shard))
                .toList();
        this.tasks = new DurableTasks(database, List.of(), shards);
    }

    private static RecurringTask<Void> tick(AdvanceAnalyses advance, int shard) {
        return Tasks.recurring("advance-analyses-" + shard, FixedDelay.of(EVERY))
                .execute((instance, context) -> advanceShard(advance, shard));
    }

    private static void advanceShard(AdvanceAnalyses advance, int shard) {
        try {
            advance.tick(shard);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
