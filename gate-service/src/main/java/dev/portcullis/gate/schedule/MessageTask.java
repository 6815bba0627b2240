package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.DeliverMessages;
import dev.portcullis.gate.usecase.WatchRollbacks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks that deliver messages and watch rollbacks, every second, and that gives up messages which are too old, every minute. */
public final class MessageTask {
    private static final Logger LOG = LoggerFactory.getLogger(MessageTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofSeconds(1);
    private static final FixedDelay SWEEP = FixedDelay.ofMinutes(1);

    private MessageTask() {}

    public static RecurringTask<Void> deliver(DeliverMessages deliverMessages) {
        return task("deliver-messages", EVERY, deliverMessages::deliverDue);
    }

    public static RecurringTask<Void> sweep(DeliverMessages deliverMessages) {
        return task("sweep-messages", SWEEP, deliverMessages::sweep);
    }

    public static RecurringTask<Void> watch(WatchRollbacks watchRollbacks) {
        return task("watch-rollbacks", EVERY, watchRollbacks::lookDue);
    }

    private static RecurringTask<Void> task(String name, FixedDelay every, Runnable work) {
        return Tasks.recurring(name, every).execute((task, context) -> {
            try {
                work.run();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: messages wait until it is back", e.getMessage());
            }
        });
    }
}
