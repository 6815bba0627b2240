package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Where one run writes down the changes of the rollback it holds the lease of, one by one. */
record Journal(Rollbacks rollbacks, Clock clock, Lease lease) {
    /** The present moment, as exact as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Writes the next version of a rollback; when this returns, a crash does not lose it, and the lease is as good as new. */
    Rollback write(Rollback rollback, Step step, RollbackState state, String detail) {
        return keep(rollback, rollback.with(step, state, detail + NextCall.tryAgain(rollback, state), now()), step);
    }

    /** As {@link #write}; users were seen off the bad revision when the step ended. */
    Rollback writeTrafficBack(Rollback rollback, Step step, RollbackState state, String detail) {
        var seen = step.endTime().orElseGet(this::now);
        return keep(rollback, rollback.with(step, state, detail, now()).trafficBack(seen), step);
    }

    private Rollback keep(Rollback before, Rollback next, Step step) {
        var kept = rollbacks.replace(next, lease, line(before, next, step));
        if (Duration.between(next.status().updateTime(), now()).compareTo(Lease.LENGTH) >= 0) {
            // This process stood still for so long that another may have taken over: it must not touch a target now.
            throw new StaleRollbackException(next);
        }
        return kept;
    }

    /** What a stage's target is told by the holder of this lease. */
    Assignment assignment(Rollback rollback, int stage) {
        return rollback.assignment(stage, lease.fence());
    }

    /** Looks that show the same as before would fill the record with nothing. */
    private Optional<RollbackEvent> line(Rollback before, Rollback next, Step step) {
        var status = next.status();
        if (status.detail().equals(before.status().detail()) && status.state() == before.state()) {
            return Optional.empty();
        }
        return Optional.of(new RollbackEvent(
                status.updateTime(),
                "rollback-service " + lease.holder(),
                status.state(),
                next.nameOf(step),
                status.detail(),
                step.seenBefore(),
                step.seenAfter()));
    }
}
