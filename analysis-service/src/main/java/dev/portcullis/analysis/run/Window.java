package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.time.Instant;
import java.util.Map;

/**
 * The counts of all objectives between two readings that are about one window apart: one vote. Never changes once closed.
 *
 * @param index position in the analysis, from 1, without gaps
 * @param start when the reading was taken that began it
 * @param end when the reading was taken that closed it
 * @param counts by objective name; a missing objective counted nothing
 */
public record Window(int index, Instant start, Instant end, Map<String, ArmCounts> counts) {
    /** Keeps its own copy. */
    public Window {
        counts = Map.copyOf(counts);
    }
}
