package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.usecase.RedeliverWebhooks;

/** The task that asks GitHub for the webhooks that were lost, every two minutes. */
public final class RedeliveryTask {
    private static final FixedDelay EVERY = FixedDelay.ofMinutes(2);

    private RedeliveryTask() {}

    public static RecurringTask<Void> of(RedeliverWebhooks redeliverWebhooks) {
        return Tasks.recurring("redeliver-webhooks", EVERY)
                .execute((task, context) -> redeliverWebhooks.redeliverLost());
    }
}
