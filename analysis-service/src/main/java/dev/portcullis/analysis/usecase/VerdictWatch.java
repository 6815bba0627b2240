package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.VerdictChange;
import dev.portcullis.analysis.run.VerdictChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What one watcher of verdicts has been told. It begins a little in the past, so that a watcher who was away for less misses nothing. Not thread-safe. */
public final class VerdictWatch {
    /** More than it takes to store a poll: what was written before a look and shows only after it is found by the next. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final VerdictChanges changes;
    private final Clock clock;
    private Instant looked;
    private Set<VerdictChange> told = Set.of();

    VerdictWatch(VerdictChanges changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
        this.looked = clock.instant();
    }

    /** Looks for what is new, oldest first. Throws what the store throws: the next look finds what this one would have. */
    public List<VerdictChange> look() {
        var now = clock.instant();
        var found = changes.within(OVERLAP.plus(since(now)));
        var fresh = found.stream().filter(change -> !told.contains(change)).toList();
        looked = now;
        // What has gone from sight is never found again, so it need not be remembered.
        told = Set.copyOf(found);
        return fresh;
    }

    /** Time since the last look; a clock set back makes no look shorter than the overlap. */
    private Duration since(Instant now) {
        return now.isAfter(looked) ? Duration.between(looked, now) : Duration.ZERO;
    }
}
