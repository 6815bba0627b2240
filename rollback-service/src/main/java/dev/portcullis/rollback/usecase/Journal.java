package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import dev.portcullis.rollback.rollback.Rollbacks;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where a running rollback's changes are written down, one by one. */
record Journal(Rollbacks rollbacks, Clock clock) {
    /** The present moment, as exact as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Writes the next version of a rollback; when this returns, a crash does not lose it. */
    Rollback write(Rollback rollback, Step step, RollbackState state, String detail) {
        var next = rollback.with(step, state, detail, now());
        rollbacks.replace(next);
        return next;
    }
}
