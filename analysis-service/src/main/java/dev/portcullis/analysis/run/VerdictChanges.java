package dev.portcullis.analysis.run;

import java.time.Duration;
import java.util.List;

/** The recent changes of verdict and state, of all replicas. Thread-safe. */
public interface VerdictChanges {
    /**
     * Those of the last while, oldest first; an analysis that changed twice comes once. A change bears the time it was written at and shows a little later, when
     * its transaction ends: looks have to overlap.
     *
     * @param back how far to look back from now, by the clock of the store
     */
    List<VerdictChange> within(Duration back);
}
