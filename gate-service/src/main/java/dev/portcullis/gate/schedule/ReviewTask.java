package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.ReviewReleases;
import dev.portcullis.gate.usecase.StartRollbacks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that reviews open releases and retries rollback orders, every second. */
public final class ReviewTask {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofSeconds(1);

    private ReviewTask() {}

    public static RecurringTask<Void> of(ReviewReleases reviewReleases, StartRollbacks startRollbacks) {
        return Tasks.recurring("review-releases", EVERY).execute((task, context) -> {
            try {
                // Rollbacks first: they are what users wait for.
                startRollbacks.retryDue();
                reviewReleases.reviewDue();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: nothing is reviewed until it is back", e.getMessage());
            }
        });
    }
}
