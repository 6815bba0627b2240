package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.CollectAuditEntries;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of the audit log, every second: one gives the entries their places and signs the log, one fetches what the other services have to tell it. */
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

    public static RecurringTask<Void> of(CollectAuditEntries collectAuditEntries) {
        return Tasks.recurring("collect-audit-entries", EVERY).execute((task, context) -> {
            try {
                collectAuditEntries.collect();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: what the other services have to tell the audit log waits there", e.getMessage());
            }
        });
    }
}
