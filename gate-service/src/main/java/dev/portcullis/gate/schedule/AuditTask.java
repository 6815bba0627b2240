package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that gives the entries of the audit log their places and signs it, every second. */
public final class AuditTask {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofSeconds(1);

    private AuditTask() {}

    public static RecurringTask<Void> of(SequenceAuditEntries sequenceAuditEntries) {
        return Tasks.recurring("sequence-audit-entries", EVERY).execute((task, context) -> {
            try {
                sequenceAuditEntries.sequence();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: the audit log is signed when it is back", e.getMessage());
            }
        });
    }
}
