package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Counts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was counted of the canary that was released before: for people, and in no test, since it served other requests at another time.
 *
 * @param analysis of it
 * @param canary value of its arm label
 * @param end when that analysis ended
 * @param counts its requests by objective name; of a latency, bad are those slower than its threshold
 */
public record PreviousRelease(UUID analysis, String canary, Instant end, Map<String, Counts> counts) {
    public PreviousRelease {
        counts = Map.copyOf(counts);
    }

    /** The record of an analysis that has ended. */
    public static PreviousRelease of(AnalysisRun ended) {
        var end = ended.status().endTime();
        if (end == null) {
            throw new IllegalArgumentException("analysis " + ended.id() + " has not ended");
        }
        Map<String, Counts> counts = new HashMap<>();
        for (var objective : ended.plan().objectives().objectives()) {
            counts.put(objective.name(), ended.counts(objective.name()).canary());
        }
        return new PreviousRelease(ended.id(), ended.plan().arms().canary().value(), end, counts);
    }
}
