package dev.portcullis.gate.schedule;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.AnswerProtectionRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that answers GitHub's requests to allow a deployment, every second. */
public final class ProtectionRuleTask {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectionRuleTask.class);
    private static final FixedDelay EVERY = FixedDelay.ofSeconds(1);

    private ProtectionRuleTask() {}

    public static RecurringTask<Void> of(AnswerProtectionRules answerProtectionRules) {
        return Tasks.recurring("answer-protection-rules", EVERY).execute((task, context) -> {
            try {
                answerProtectionRules.answerDue();
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: GitHub is answered when it is back", e.getMessage());
            }
        });
    }
}
