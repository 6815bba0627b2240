package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.VerdictChanges;
import java.time.Clock;

/** Follows the verdicts of all analyses, whichever replica finds them. Thread-safe. */
public final class WatchVerdicts {
    private final VerdictChanges changes;
    private final Clock clock;

    public WatchVerdicts(VerdictChanges changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** Begins to watch. */
    public VerdictWatch begin() {
        return new VerdictWatch(changes, clock);
    }
}
