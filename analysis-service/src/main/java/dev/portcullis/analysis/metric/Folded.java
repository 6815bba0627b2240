package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.Map;

/**
 * The requests between two readings.
 *
 * @param increments counts by objective name, never negative, bad at most total
 * @param state what the next reading is compared with
 */
public record Folded(Map<String, ArmCounts> increments, CounterState state) {
    public Folded {
        increments = Map.copyOf(increments);
    }
}
