package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.KeepRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that keeps the records of analyses with the releases that have ended, every five seconds. */
public final class RecordTask {
    private static final Logger LOG = LoggerFactory.getLogger(RecordTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofSeconds(5);

    private RecordTask() {}

    public static RecurringTask<Void> of(KeepRecords keepRecords) {
        return Tasks.recurring("keep-analysis-records", EVERY).execute((task, context) -> {
            try {
                keepRecords.keepDue();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: the records of analyses are kept when it is back", e.getMessage());
            }
        });
    }
}
