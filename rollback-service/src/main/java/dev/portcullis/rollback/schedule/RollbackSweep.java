package dev.portcullis.rollback.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recurring task that finds rollbacks which were written down but lost their task, as when a process dies between the two, and
 * gives them a new one. It also drops preparations long out of date.
 */
public final class RollbackSweep {
    private static final Logger LOG = LoggerFactory.getLogger(RollbackSweep.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** Long enough to tell "expired" from "never prepared". */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

    private final Rollbacks rollbacks;
    private final Preparations preparations;
    private final Clock clock;

    public RollbackSweep(Rollbacks rollbacks, Preparations preparations, Clock clock) {
        this.rollbacks = rollbacks;
        this.preparations = preparations;
        this.clock = clock;
    }

    /** As the scheduler takes it. */
    public RecurringTask<Void> task() {
        return Tasks.recurring("rollback-sweep", FixedDelay.of(EVERY)).execute((instance, context) -> {
            // One that waits for its next try is not to wait when nobody wants it any more.
            rollbacks.toBeCancelled().forEach(new DurableQueue(context.getSchedulerClient(), clock)::enqueue);
            preparations.forget(clock.instant().minus(KEPT_AFTER_EXPIRY));
            for (UUID id : rollbacks.active()) {
                var task = RollbackTask.DESCRIPTOR.instance(id.toString()).build();
                if (context.getSchedulerClient()
                        .scheduleIfNotExists(task, context.getExecution().getExecutionTime())) {
                    LOG.info("rollbacks/{} had no task: it has one now and goes on", id);
                }
            }
        });
    }
}
