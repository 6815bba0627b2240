package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import java.time.Instant;
import java.util.Map;

/**
 * The counts of all objectives between two readings that are about one window apart: one vote. Never changes once closed.
 *
 * @param index position in the analysis, from 1, without gaps
 * @param start when the reading was taken that began it
 * @param end when the reading was taken that closed it
 * @param counts by objective name; a missing objective counted nothing
 * @param baselineHalves the baseline's counts by two halves of its pods, by objective name; takes no part in the verdict, and becomes
 *     history for later analyses
 */
public record Window(
        int index, Instant start, Instant end, Map<String, Observation> counts, Map<String, Halves> baselineHalves) {
    /** Keeps its own copy. */
    public Window {
        counts = Map.copyOf(counts);
        baselineHalves = Map.copyOf(baselineHalves);
    }
}
