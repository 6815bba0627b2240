package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.rollback.Event;
import dev.portcullis.rollback.rollback.Lease;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import dev.portcullis.rollback.rollback.Rollbacks;
import dev.portcullis.rollback.rollback.StaleRollbackException;
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
        rollbacks.replace(next, lease, line(before, next, step));
        if (Duration.between(next.life().updateTime(), now()).compareTo(Lease.LENGTH) >= 0) {
            // This process stood still for so long that another may have taken over: it must not touch a target now.
            throw new StaleRollbackException(next);
        }
        return next;
    }

    /** What a stage's target is told by the holder of this lease. */
    Assignment assignment(Rollback rollback, int stage) {
        return rollback.assignment(stage, lease.fence());
    }

    /** Looks that show the same as before would fill the record with nothing. */
    private Optional<Event> line(Rollback before, Rollback next, Step step) {
        var life = next.life();
        if (life.detail().equals(before.life().detail()) && life.state() == before.state()) {
            return Optional.empty();
        }
        return Optional.of(new Event(
                life.updateTime(),
                "rollback-service " + lease.holder(),
                life.state(),
                next.nameOf(step),
                life.detail(),
                step.seenBefore(),
                step.seenAfter()));
    }
}
