package dev.portcullis.analysis.run;

import java.util.List;
import java.util.UUID;

/** The changes of the analyses of releases, of all replicas. Thread-safe. */
public interface AnalysisChanges {
    /** A position to begin with: what was stored before is not found after it. */
    String now();

    /**
     * Those that were begun, changed or deleted since, each change found by exactly one look of those that follow each other.
     *
     * @param position that of the look before, or {@link #now()}
     * @throws UnknownPositionException when the store has not given it
     */
    Look since(String position);

    /**
     * What a look has found.
     *
     * @param position where the next one begins
     * @param analyses in any order
     */
    record Look(String position, List<UUID> analyses) {
        public Look {
            analyses = List.copyOf(analyses);
        }
    }
}
