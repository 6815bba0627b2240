package dev.portcullis.rollback.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a rollback that changes.
 *
 * @param state where it is
 * @param detail what happened last and, at an end that is not a success, what to do
 * @param createTime when it was written down
 * @param updateTime when it last changed
 * @param trafficBackTime when users were seen off the bad revision
 * @param endTime when it ended; there exactly when the state is an end
 * @param version counts the changes, from 1
 */
public record RollbackStatus(
        RollbackState state,
        String detail,
        Instant createTime,
        Instant updateTime,
        Optional<Instant> trafficBackTime,
        Optional<Instant> endTime,
        long version) {
    public RollbackStatus {
        if (state.ended() != endTime.isPresent()) {
            throw new IllegalArgumentException("a rollback that is " + state + " with end time " + endTime);
        }
    }

    /** The beginning. */
    static RollbackStatus planned(String detail, Instant now) {
        return new RollbackStatus(RollbackState.PLANNED, detail, now, now, Optional.empty(), Optional.empty(), 1);
    }

    /**
     * The next version, in the same state or another.
     *
     * @throws IllegalStateException when that state may not follow
     */
    RollbackStatus to(RollbackState next, String newDetail, Instant now) {
        if (state.ended() || (next != state && !state.next().contains(next))) {
            throw new IllegalStateException("a rollback that is " + state + " cannot become " + next);
        }
        var end = next.ended() ? Optional.of(now) : Optional.<Instant>empty();
        return new RollbackStatus(next, newDetail, createTime, now, trafficBackTime, end, version + 1);
    }

    /** The same moment, known as the one when users were seen off the bad revision. */
    RollbackStatus trafficBack(Instant now) {
        var first = Optional.of(trafficBackTime.orElse(now));
        return new RollbackStatus(state, detail, createTime, updateTime, first, endTime, version);
    }
}
