package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.plan.Looks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time in which no replica worked on a rollback, told by its last note. A limit is not to be used up by it unseen: when a replica is back, the first look
 * may fail for nothing but that.
 *
 * @param rollback as it was found
 * @param begin when this run began
 * @param pause what was planned to lie between the last note and this run
 */
record Downtime(Rollback rollback, Instant begin, Duration pause) {
    /** What a run may be late beyond the planned pause, with a replica up. */
    private static final Duration LATE = Duration.ofSeconds(5);
    /** How long it is looked on after a limit for one look that can be read. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private Duration sinceNote() {
        var gap = Duration.between(rollback.status().updateTime(), begin);
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    private Duration usual() {
        return pause.plus(LATE);
    }

    /** Whether there was one just before this run. */
    boolean isOver() {
        return sinceNote().compareTo(usual()) > 0;
    }

    /** How long it was worked on since the last note, this run with it, as exact as it is kept. */
    Duration worked(Instant now) {
        var gap = sinceNote().compareTo(usual()) > 0 ? usual() : sinceNote();
        return gap.plus(Duration.between(begin, now)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether more looks may be made after a limit, so long as none can be read; not for ever, however often there is one. */
    static boolean allows(Looks looks, Duration limit) {
        return looks.time().compareTo(limit.plus(GRACE)) < 0;
    }

    /** How long that is at most, for people. */
    static Duration grace() {
        return GRACE;
    }
}
