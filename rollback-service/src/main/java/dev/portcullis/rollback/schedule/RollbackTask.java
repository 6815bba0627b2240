package dev.portcullis.rollback.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.Rollbacks;
import dev.portcullis.rollback.rollback.StaleRollbackException;
import dev.portcullis.rollback.usecase.ExecuteRollback;
import dev.portcullis.rollback.usecase.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable task of one rollback: its instance is the rollback's id, each run makes one try inside the trace of the call that started
 * the rollback, and puts itself off until the next one is due. Thread-safe.
 */
public final class RollbackTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("rollback-step");

    private static final Logger LOG = LoggerFactory.getLogger(RollbackTask.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final Rollbacks rollbacks;
    private final ExecuteRollback execute;
    private final RollbackMeters meters;
    private final TraceLink traces;

    public RollbackTask(Rollbacks rollbacks, ExecuteRollback execute, RollbackMeters meters, TraceLink traces) {
        this.rollbacks = rollbacks;
        this.execute = execute;
        this.meters = meters;
        this.traces = traces;
    }

    /** As the scheduler takes it. A run that throws, e.g. without database, is repeated a second later. */
    public Task<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAULT))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(instance));
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        var found = rollbacks.find(UUID.fromString(instance.getId()));
        if (found.isEmpty() || found.get().state().ended()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        var rollback = found.get();
        var span = "rollback step " + rollback.currentStep().kind().word();
        return traces.continuing(rollback.traceparent(), span, () -> attempt(rollback));
    }

    private CompletionHandler<Void> attempt(Rollback rollback) {
        Progress progress;
        try {
            progress = execute.attempt(rollback);
        } catch (StaleRollbackException e) {
            LOG.warn("{}; looked at again in {} s", e.getMessage(), AFTER_FAULT.toSeconds());
            return (complete, operations) ->
                    operations.reschedule(complete, complete.getTimeDone().plus(AFTER_FAULT));
        }
        return progress.next().<CompletionHandler<Void>>map(RollbackTask::at).orElseGet(() -> ended(progress));
    }

    private static CompletionHandler<Void> at(Instant next) {
        return (complete, operations) -> operations.reschedule(complete, next);
    }

    private CompletionHandler<Void> ended(Progress progress) {
        var rollback = progress.rollback();
        meters.ended(rollback);
        LOG.info(
                "{} of service '{}' ended {}: {}",
                rollback.name(),
                rollback.order().service(),
                rollback.state(),
                rollback.life().detail());
        return new CompletionHandler.OnCompleteRemove<>();
    }
}
