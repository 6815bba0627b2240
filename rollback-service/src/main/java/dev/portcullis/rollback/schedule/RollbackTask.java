package dev.portcullis.rollback.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import dev.portcullis.rollback.lifecycle.UnknownRollbackException;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.usecase.ExecuteRollback;
import dev.portcullis.rollback.usecase.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The durable task of one rollback: its instance is the rollback's id, each run makes what tries are due, inside the trace of the call
 * that started the rollback, and puts itself off until the next one is. Thread-safe.
 */
public final class RollbackTask {
    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("rollback-step");

    private static final Logger LOG = LoggerFactory.getLogger(RollbackTask.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    /** What is stored does not become readable by itself. */
    private static final Duration AFTER_UNREADABLE = Duration.ofMinutes(1);
    /** So many tries of one rollback in a row; then others have their turn. */
    private static final int AT_ONCE = 50;

    private final FirstTries firstTries = new FirstTries(System::nanoTime);
    private final Rollbacks rollbacks;
    private final ExecuteRollback execute;
    private final RollbackMeters meters;
    private final TraceLink traces;
    private final Clock clock;
    private final String replica;

    /** @param replica names this process in records */
    public RollbackTask(
            Rollbacks rollbacks,
            ExecuteRollback execute,
            RollbackMeters meters,
            TraceLink traces,
            Clock clock,
            String replica) {
        this.rollbacks = rollbacks;
        this.execute = execute;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
        this.replica = replica;
    }

    /** As the scheduler takes it. A run that throws, e.g. without database, is repeated a second later. */
    public Task<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAULT))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(instance));
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        var id = UUID.fromString(instance.getId());
        try {
            return run(id);
        } catch (UnreadableDocumentException e) {
            return unreadable(id, e);
        }
    }

    /** What a newer version wrote is asked for again soon: users wait, and the next to ask may be a process of that version. */
    private static CompletionHandler<Void> unreadable(UUID id, UnreadableDocumentException fault) {
        if (fault.newer()) {
            LOG.warn("rollbacks/{} is left to a newer version of rollback-service: {}", id, fault.getMessage());
            return later(AFTER_FAULT);
        }
        LOG.error(
                "rollbacks/{} cannot be read, and nobody works on it; what is stored stays as it is, and is asked for again each minute: {}",
                id,
                fault.getMessage());
        return later(AFTER_UNREADABLE);
    }

    private CompletionHandler<Void> run(UUID id) {
        var lease = rollbacks.take(id, replica + " run " + UUID.randomUUID());
        if (lease.isEmpty()) {
            return withoutLease(id);
        }
        try {
            return advance(id, lease.get());
        } catch (StaleRollbackException e) {
            LOG.warn("{}; looked at again in {} s", e.getMessage(), AFTER_FAULT.toSeconds());
            return later(AFTER_FAULT);
        } finally {
            giveBack(id, lease.get());
        }
    }

    private CompletionHandler<Void> withoutLease(UUID id) {
        if (rollbacks.find(id).filter(found -> !found.state().ended()).isEmpty()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        LOG.info("rollbacks/{} is held by another run; looked at again in {} s", id, AFTER_FAULT.toSeconds());
        return later(AFTER_FAULT);
    }

    /** One try after the other while the next is due at once: users wait. Each is written down, so that ending here loses nothing. */
    private CompletionHandler<Void> advance(UUID id, Lease lease) {
        var rollback = rollbacks.find(id).orElseThrow(() -> new UnknownRollbackException(id));
        for (int tries = 1; ; tries++) {
            var result = attempt(rollback, lease);
            if (result.next().isEmpty()) {
                return ended(result);
            }
            if (tries >= AT_ONCE || result.next().get().isAfter(clock.instant())) {
                return at(result.next().get());
            }
            if (firstTries.areMany() && result.rollback().allTold()) {
                return later(FirstTries.LATELY);
            }
            // What was written has told whether somebody wants it to end: nothing is read anew.
            rollback = result.rollback();
        }
    }

    private RunResult attempt(Rollback rollback, Lease lease) {
        if (rollback.state() == RollbackState.PLANNED) {
            firstTries.add();
        }
        var span = "rollback " + rollback.nameOf(rollback.currentStep());
        return traces.continuing(rollback.origin().traceparent(), span, () -> execute.attempt(rollback, lease));
    }

    /** What keeps it from being given back also ends it: it runs out by itself. */
    private void giveBack(UUID id, Lease lease) {
        try {
            rollbacks.giveBack(id, lease);
        } catch (RuntimeException e) {
            LOG.warn(
                    "the lease of rollbacks/{} could not be given back and runs out in {} s",
                    id,
                    Lease.LENGTH.toSeconds(),
                    e);
        }
    }

    private static CompletionHandler<Void> later(Duration pause) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(pause));
    }

    private static CompletionHandler<Void> at(Instant next) {
        return (complete, operations) -> operations.reschedule(complete, next);
    }

    private CompletionHandler<Void> ended(RunResult result) {
        var rollback = result.rollback();
        meters.ended(rollback);
        traces.continuing(rollback.origin().traceparent(), "rollback ended", () -> logged(rollback));
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private static Rollback logged(Rollback rollback) {
        LOG.atLevel(endLevel(rollback.state(), rollback.origin().mode()))
                .log(
                        "{} of service '{}', of {}, ended {}: {}",
                        rollback.name(),
                        rollback.order().service(),
                        rollback.order().release().isEmpty()
                                ? "no release"
                                : rollback.order().release(),
                        rollback.state(),
                        rollback.status().detail());
        return rollback;
    }

    /** What leaves users on the bad revision, or nobody knows where, is for a person to see; a drill leaves nobody anywhere. */
    static Level endLevel(RollbackState state, Mode mode) {
        return switch (state) {
            case NEEDS_HUMAN, FAILED -> mode == Mode.LIVE ? Level.WARN : Level.INFO;
            default -> Level.INFO;
        };
    }
}
