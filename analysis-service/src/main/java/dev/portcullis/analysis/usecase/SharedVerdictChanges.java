package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.VerdictChange;
import dev.portcullis.analysis.run.VerdictChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The recent changes, looked for once for all watchers of a process: one who asks within {@value #GOOD_FOR_MILLIS} ms of another is told what that one's look has
 * found. A watcher alone, who asks less often, has a look of its own each time. Thread-safe.
 */
public final class SharedVerdictChanges implements VerdictChanges {
    private static final int GOOD_FOR_MILLIS = 40;
    private static final Duration GOOD_FOR = Duration.ofMillis(GOOD_FOR_MILLIS);

    private final VerdictChanges store;
    private final Clock clock;
    private Instant looked = Instant.MIN;
    private Duration covered = Duration.ZERO;
    private List<VerdictChange> found = List.of();

    public SharedVerdictChanges(VerdictChanges store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public synchronized List<VerdictChange> within(Duration back) {
        var now = clock.instant();
        if (!isFresh(now) || back.compareTo(covered) > 0) {
            // In whole seconds, so that those who ask for a little more or less share it.
            var seconds = Duration.ofSeconds(back.toSeconds() + 1);
            found = store.within(seconds);
            covered = seconds;
            looked = now;
        }
        return found;
    }

    /** Not by a clock that was set back. */
    private boolean isFresh(Instant now) {
        return !now.isBefore(looked) && now.isBefore(looked.plus(GOOD_FOR));
    }
}
