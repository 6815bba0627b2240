package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that forgets sessions of the console that nobody can use any more, every ten minutes. */
public final class SessionTask {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofMinutes(10);

    private SessionTask() {}

    /** @param forget does it once */
    public static RecurringTask<Void> of(Runnable forget) {
        return Tasks.recurring("forget-sessions", EVERY).execute((task, context) -> {
            try {
                forget.run();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: ended sessions are forgotten when it is back", e.getMessage());
            }
        });
    }
}
