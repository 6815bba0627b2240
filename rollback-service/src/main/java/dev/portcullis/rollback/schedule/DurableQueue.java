package dev.portcullis.rollback.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import dev.portcullis.rollback.lifecycle.RollbackQueue;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of rollbacks as tasks of the scheduler. Thread-safe. */
public final class DurableQueue implements RollbackQueue {
    private static final Logger LOG = LoggerFactory.getLogger(DurableQueue.class);

    private final SchedulerClient scheduler;
    private final Clock clock;

    public DurableQueue(SchedulerClient scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** The rollback is written down already, so a fault here must not reach the caller: the sweep makes up for it. */
    @Override
    public void enqueue(UUID id) {
        try {
            scheduler.schedule(
                    RollbackTask.DESCRIPTOR.instance(id.toString()).build(),
                    clock.instant(),
                    SchedulerClient.ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            LOG.debug("rollbacks/{} is being worked on", id);
        } catch (RuntimeException e) {
            LOG.warn("rollbacks/{} could not be scheduled; the sweep does it within seconds", id, e);
        }
    }
}
