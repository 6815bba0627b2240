package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackQueue;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.UnknownRollbackException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Ends a rollback before its next step. Thread-safe. */
public final class CancelRollback {
    private final Rollbacks rollbacks;
    private final RollbackQueue queue;
    private final Clock clock;

    public CancelRollback(Rollbacks rollbacks, RollbackQueue queue, Clock clock) {
        this.rollbacks = rollbacks;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Writes the wish down; a try under way is not cut off. Of no effect on a rollback that has ended, and the second time.
     *
     * @return the rollback, which ends within a second when nothing is under way
     * @throws UnknownRollbackException when there is none
     */
    public Rollback cancel(UUID id, String caller, String reason) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rollback = rollbacks
                .cancel(id, new Cancellation(caller, reason, now))
                .orElseThrow(() -> new UnknownRollbackException(id));
        if (!rollback.state().ended()) {
            queue.enqueue(id);
        }
        return rollback;
    }
}
