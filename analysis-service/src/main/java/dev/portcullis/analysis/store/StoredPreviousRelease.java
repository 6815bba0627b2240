package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.PreviousRelease;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The form of what was counted of the release before, in analysis.previous_release. */
record StoredPreviousRelease(UUID analysis, String canary, Instant end, Map<String, StoredCounts> counts) {
    static StoredPreviousRelease of(PreviousRelease release) {
        return new StoredPreviousRelease(
                release.analysis(), release.canary(), release.end(), Elements.of(release.counts(), StoredCounts::of));
    }

    PreviousRelease release() {
        return new PreviousRelease(analysis, canary, end, Elements.of(counts, StoredCounts::counts));
    }
}
