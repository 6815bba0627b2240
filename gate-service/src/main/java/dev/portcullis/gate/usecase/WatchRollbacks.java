package dev.portcullis.gate.usecase;

import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.RollbackChange;
import dev.portcullis.gate.message.RollbackWatch;
import dev.portcullis.gate.message.RollbackWatches;
import dev.portcullis.gate.rollback.LatestRollback;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.rollback.RollbackStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how the rollbacks of aborted releases stand, and notes what people are to be told: that one is at its end, that it needs a person, and that users are well again
 * after that, by a later rollback of the service. Thread-safe; several replicas share the work.
 */
public final class WatchRollbacks {
    /** Between two looks at a rollback that is under way. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Between two looks for a later rollback. */
    private static final Duration LATER_LOOK = Duration.ofSeconds(30);
    /** What nobody has mended by then is known to whom it may concern. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int BATCH = 50;
    private static final Logger LOG = LoggerFactory.getLogger(WatchRollbacks.class);

    private final RollbackWatches watches;
    private final RollbackRecord record;
    private final Clock clock;

    /** @param record as it is now */
    public WatchRollbacks(RollbackWatches watches, RollbackRecord record, Clock clock) {
        this.watches = watches;
        this.record = record;
        this.clock = clock;
    }

    /** Looks at those that are due. */
    public void lookDue() {
        var now = clock.instant();
        watches.take(now, now.plus(LATER_LOOK), BATCH).forEach(this::lookAtOne);
    }

    private void lookAtOne(RollbackWatch watch) {
        try {
            look(watch);
        } catch (RuntimeException e) {
            LOG.warn("the rollback of release {} could not be looked at and is again in a while", watch.release(), e);
        }
    }

    private void look(RollbackWatch watch) {
        if (watch.began().plus(LONGEST).isBefore(clock.instant())) {
            watches.end(watch);
        } else if (stopped(watch.state())) {
            lookForLater(watch);
        } else {
            look(watch, record.status(watch.rollback()));
        }
    }

    /** Whether nothing more happens by itself, and users are not known to be well. */
    private static boolean stopped(String state) {
        return state.equals(RollbackWatch.REFUSED)
                || new RollbackStatus(state, "").ended() && !state.equals("SUCCEEDED");
    }

    private void look(RollbackWatch watch, RollbackStatus status) {
        if (status.equals(RollbackStatus.EXPIRED)) {
            watches.end(watch);
        } else if (status.equals(RollbackStatus.UNKNOWN) || status.state().equals(watch.state())) {
            watches.postpone(watch, clock.instant().plus(LOOK));
        } else {
            note(watch, RollbackChange.of(watch.rollback(), status.state(), status.detail()));
        }
    }

    private void note(RollbackWatch watch, RollbackChange change) {
        var now = clock.instant();
        var over =
                change.event().filter(MessageEvent.ROLLBACK_SUCCEEDED::equals).isPresent();
        var pause = stopped(change.state()) ? LATER_LOOK : LOOK;
        watches.note(watch, change, now, over ? Optional.empty() : Optional.of(now.plus(pause)));
    }

    /** The first rollback stays as it is on record; a person begins another. */
    private void lookForLater(RollbackWatch watch) {
        record.latest(watch.service())
                .filter(latest -> isRecovery(watch, latest))
                .ifPresentOrElse(
                        latest -> note(
                                watch,
                                RollbackChange.of(
                                        latest.rollback(),
                                        latest.status().state(),
                                        "users get " + latest.to() + ": "
                                                + latest.status().detail())),
                        () -> watches.postpone(watch, clock.instant().plus(LATER_LOOK)));
    }

    private static boolean isRecovery(RollbackWatch watch, LatestRollback latest) {
        return latest.status().state().equals("SUCCEEDED")
                && !latest.rollback().equals(watch.rollback())
                && latest.started().isAfter(watch.began())
                && !latest.to().equals(watch.canary());
    }
}
